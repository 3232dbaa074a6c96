"""The public pages. None of them shows anything about a child or a council's own figures."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks import __version__, reference
from whatworks.service.home.loop import LOOP
from whatworks.service.home.news import releases

COLUMNS = (
    ("Source", "title"),
    ("Publisher", "publisher"),
    ("Licence", "licence"),
    ("Read", "seen"),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the loop is, how much of it is there, and what is new."""
    return render(request, "home/home.html", {"loop_stations": LOOP, "releases": releases()[:2]})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Licence, sources, and what the service does not do."""
    return render(request, "home/about.html", {"sources": _sources(), "columns": COLUMNS})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "home/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whom."""
    return render(request, "home/privacy.html")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For machines: 200 when the database answers, 503 when it does not."""
    del request
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Exception:
        return JsonResponse({"ok": False, "version": __version__}, status=503)
    return JsonResponse({"ok": True, "version": __version__})


def _sources() -> list[dict[str, str]]:
    rows = reference.sources().iter_rows(named=True)
    return [{name: row[name] or "not known" for _, name in COLUMNS} for row in rows]
