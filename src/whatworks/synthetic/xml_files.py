"""SSDA903 as one XML file, in the form of the Department's 2021 schema (EXPSSDA903).

The schema was seen for all tables but one: how social worker episodes are named is not known.
``ASWEPISODE`` here follows the pattern of its neighbours (AMISSING, AREVIEW) and is unconfirmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from whatworks.synthetic.ssda903 import COLUMNS, Row, Tables

FILE_NAME = "ssda903.xml"

_GROUPS = {
    "Missing": ("AMISSING", ("MISSING", "MIS_START", "MIS_END")),
    "Reviews": ("AREVIEW", ("REVIEW", "REVIEW_CODE")),
    "PrevPerm": ("PERMANENCE", ("PREV_PERM", "LA_PERM", "DATE_PERM")),
    "OC2": ("OC2", COLUMNS["OC2"][2:]),
    "PlacedAdoption": (
        "AD_PLACED",
        ("DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"),
    ),
    "SWEpisodes": ("ASWEPISODE", ("SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON")),
}
"""Table -> (group in HEADER, its elements), in the order in which groups are written."""

_EPISODE = (
    ("DECOM", 1),
    ("RNE", 2),
    ("LS", 3),
    ("CIN", 4),
    ("PL", 5),
    ("PL_POST", 11),
    ("HOME_POST", 10),
    ("URN", 12),
    ("PLACE_PROVIDER", 6),
    ("DEC", 7),
    ("REC", 8),
    ("REASON_PLACE_CHANGE", 9),
)
"""Elements of EPISODE in the schema's order, and where each stands in our rows."""


def _leaves(names: Sequence[str], values: Sequence[str]) -> str:
    return "".join(
        f"<{name}>{escape(value)}</{name}>" if value else f"<{name} />"
        for name, value in zip(names, values, strict=True)
    )


def _by_child(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _one(tables: dict[str, dict[str, list[Row]]], table: str, child: str, skip: int) -> str:
    rows = tables[table].get(child)
    return _leaves(COLUMNS[table][skip:], rows[0][skip:]) if rows else ""


def _child(header: Row, tables: dict[str, dict[str, list[Row]]]) -> str:
    """One CHILD element; its rows are taken out of the tables, so a repeated header has none."""
    child, sex, dob, ethnic, upn, mother, mc_dob = header
    unaccompanied = "1" if child in tables["UASC"] else "0"
    parts = [
        "<CHILD><HEADER>",
        _leaves(("CHILDID", "UPN", "SEX", "DOB", "ETHNIC"), (child, upn, sex, dob, ethnic)),
        f"<UASC>{unaccompanied}</UASC>",
        _one(tables, "UASC", child, 3),
        _one(tables, "AD1", child, 2),
        _one(tables, "OC3", child, 2),
    ]
    for table in ("Missing", "Reviews"):
        parts.append(_groups(tables, table, child))
    parts.append(_leaves(("MOTHER", "MC_DOB"), (mother, mc_dob)))
    for table in ("PrevPerm", "OC2", "PlacedAdoption", "SWEpisodes"):
        parts.append(_groups(tables, table, child))
    parts.append("</HEADER>")
    names = [name for name, _ in _EPISODE]
    for row in tables["Episodes"].get(child, ()):
        values = [row[i] for _, i in _EPISODE]
        parts.append(f"<EPISODE>{_leaves(names, values)}</EPISODE>")
    parts.append("</CHILD>")
    for rows in tables.values():
        rows.pop(child, None)
    return "".join(parts)


def _groups(tables: dict[str, dict[str, list[Row]]], table: str, child: str) -> str:
    if table not in tables:
        return ""
    group, names = _GROUPS[table]
    return "".join(
        f"<{group}>{_leaves(names, row[2:])}</{group}>" for row in tables[table].get(child, ())
    )


def xml_file(tables: Tables) -> dict[str, bytes]:
    """File name -> content of the return as one XML file."""
    of_child = {name: _by_child(rows) for name, rows in tables.items() if name != "Header"}
    children = [_child(header, of_child) for header in tables["Header"]]
    text = "<?xml version='1.0' encoding='utf-8'?>\n<EXPSSDA903>\n"
    return {FILE_NAME: (text + "\n".join(children) + "\n</EXPSSDA903>\n").encode()}
