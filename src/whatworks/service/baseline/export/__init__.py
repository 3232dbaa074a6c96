"""The figures as files: CSV for other software, Excel and OpenDocument for people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from whatworks.returns.report import to_csv
from whatworks.service.baseline.export.gathering import Taken, gather
from whatworks.service.baseline.export.ods import write as ods
from whatworks.service.baseline.export.xlsx import write as xlsx

__all__ = ["FORMS", "Form", "Taken", "file_name", "gather"]


@dataclass(frozen=True)
class Form:
    """A kind of file: how a browser is told of it, and what writes it."""

    kind: str
    title: str
    write: Callable[[Taken], bytes]


def _csv(taken: Taken) -> bytes:
    return to_csv(pl.concat([taken.own, taken.groups, taken.published])).encode()


FORMS = {
    "csv": Form("text/csv; charset=utf-8", "CSV", _csv),
    "xlsx": Form(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel", xlsx
    ),
    "ods": Form("application/vnd.oasis.opendocument.spreadsheet", "OpenDocument", ods),
}


def file_name(*parts: str, synthetic: bool, form: str) -> str:
    """The name that the file is saved under: it too says when the children are invented."""
    return "-".join([*parts, *(["invented-children"] if synthetic else [])]) + f".{form}"
