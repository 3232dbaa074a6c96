"""SSDA903 as a set of CSV files, one a table, as councils' systems write them."""

from __future__ import annotations

from whatworks.synthetic.ssda903 import Tables, columns

FILE_NAMES = {
    "Header": "header.csv",
    "Episodes": "episodes.csv",
    "Reviews": "reviews.csv",
    "UASC": "uasc.csv",
    "OC2": "oc2.csv",
    "OC3": "oc3.csv",
    "AD1": "ad1.csv",
    "PlacedAdoption": "placed_for_adoption.csv",
    "PrevPerm": "previous_permanence.csv",
    "Missing": "missing.csv",
    "SWEpisodes": "sw_episodes.csv",
}


def csv_files(tables: Tables, year: int) -> dict[str, bytes]:
    """File name -> content, a file for every table of the year even where it has no rows.

    No value holds a comma, a quote or a line end, so none is quoted.
    """
    files = {}
    for table, names in columns(year).items():
        lines = [",".join(names)]
        lines += [",".join(row) for row in tables[table]]
        lines.append("")
        files[FILE_NAMES[table]] = "\n".join(lines).encode("ascii")
    return files
