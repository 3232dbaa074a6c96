"""The workforce census as the XML file that councils upload, in the form of its 2022 schema."""

from __future__ import annotations

from collections.abc import Sequence

from whatworks.synthetic.workforce.census import COLUMNS, Row, WorkforceCensus

FILE_NAME = "csww.xml"


def _header(census: WorkforceCensus) -> str:
    return (
        "<Header><CollectionDetails><Collection>CSWW</Collection>"
        f"<Year>{census.year}</Year><ReferenceDate>{census.year}-09-30</ReferenceDate>"
        "</CollectionDetails><Source><SourceLevel>L</SourceLevel>"
        f"<LEA>{census.council}</LEA>"
        "<SoftwareCode>whatworks synthetic: invented people</SoftwareCode>"
        f"<DateTime>{census.year}-11-20T09:00:00</DateTime></Source></Header>"
    )


def _element(name: str, tags: Sequence[tuple[str, str]], row: Row) -> str:
    leaves = [
        opening + value + closing
        for (opening, closing), value in zip(tags, row, strict=True)
        if value
    ]
    return f"<{name}>{''.join(leaves)}</{name}>"


def csww_file(census: WorkforceCensus) -> dict[str, bytes]:
    """File name -> content.

    Cells that recording errors have been planted in are written as they stand; none holds a
    character that XML reserves.
    """
    parts = ['<?xml version="1.0" encoding="utf-8"?>', "<Message>", _header(census)]
    for name, rows in census.tables().items():
        tags = [(f"<{leaf}>", f"</{leaf}>") for leaf in COLUMNS[name]]
        parts += [_element(name, tags, row) for row in rows]
    parts.append("</Message>\n")
    return {FILE_NAME: "\n".join(parts).encode()}
