"""'Where we stand': a council's figures of one year as a PDF that screen readers can read."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from whatworks.measures.sourcing import PARTS
from whatworks.service.baseline import number
from whatworks.service.baseline.export.gathering import last_received, sources
from whatworks.service.baseline.report.content import content
from whatworks.service.baseline.starting import lines
from whatworks.service.baseline.years import reopened, returns_held, years

if TYPE_CHECKING:
    from whatworks.returns import Store

STANDARD = "ua-1"
"""PDF/UA-1 (ISO 14289-1): tagged throughout, with title and language. Typst refuses what is not."""


def pdf(store: Store, council: str, year: int, *, area: str, synthetic: bool) -> bytes:
    """The report. The same returns make the same bytes: it names no time but theirs."""
    held = returns_held(store, council)
    return _pdf(store.path, council, held, year, area=area, synthetic=synthetic)


@lru_cache(maxsize=16)
def _pdf(
    workspace: Path, council: str, held: tuple[str, ...], year: int, *, area: str, synthetic: bool
) -> bytes:
    del held
    store = reopened(workspace)
    used = sources(store, council, {part for parts in PARTS.values() for part in parts})
    said = content(
        lines(store, council, year),
        year,
        area=area,
        synthetic=synthetic,
        sources=used,
        care=number.of_year(store, council, year, years(store, council).of(number.CARE)),
    )
    return typeset(said, at=last_received(used))


def typeset(said: dict[str, object], *, at: datetime) -> bytes:
    """Set what ``content`` says, in Typst's own fonts: it looks the same on every machine."""
    template = files(__package__).joinpath("report.typ").read_bytes()
    compiler = typst.Compiler(
        template, ignore_system_fonts=True, sys_inputs={"data": json.dumps(said)}
    )
    made = compiler.compile(
        format="pdf", pdf_standards=[STANDARD], timestamp=at.replace(microsecond=0)
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst made no single file")
    return made
