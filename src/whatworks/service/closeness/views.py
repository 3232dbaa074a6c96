"""How close to England: targets, England's figures, and those of one invented council at a time.

Only in a workspace of invented children. What is shown was counted from the invented lives when
they were made, not from returns, and says nothing of any child.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from whatworks.service.common import workspace
from whatworks.synthetic.calibration import keeping, kept, sheets
from whatworks.synthetic.calibration.model import ENGLAND, TOGETHER
from whatworks.synthetic.calibration.page import ABOUT, drawn

if TYPE_CHECKING:
    from whatworks.synthetic.calibration import Calibration


@require_safe
def how_close(request: HttpRequest) -> HttpResponse:
    """What was invented beside what is published; ``?council=CODE`` for one council."""
    if not workspace.synthetic():
        raise Http404
    found = _kept(workspace.path())
    if found is None:
        return render(request, "closeness/none.html")
    lines = sheets.council_lines(found)
    code = request.GET.get("council", "")
    if code and code not in {line.code for line in lines}:
        raise Http404
    areas = [code] if code else [area for area in (ENGLAND, TOGETHER) if found.of(area)]
    return render(
        request,
        "closeness/council.html" if code else "closeness/england.html",
        {
            "about": ABOUT,
            "world": found.world,
            "notes": found.notes,
            "targets": found.targets,
            "misses": [one for one in found.misses if not code or one.area == code],
            "areas": [(found.name(area), sheets.sheets(found, area)) for area in areas],
            "lines": lines,
            "line": next((line for line in lines if line.code == code), None),
            "names": found.name,
            "words": sheets,
            "drawn": lambda row: Markup(drawn(row)),  # noqa: S704  (numbers alone go into it)
        },
    )


def _kept(folder: Path) -> Calibration | None:
    place = folder / keeping.PLACE
    if not place.is_file():
        return None
    return _read(folder, place.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(folder: Path, _changed: int) -> Calibration | None:
    """What is kept, read again only when it has changed."""
    return kept(folder)
