"""Pages for when something is not as it should be. They never quote what was sent."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from whatworks.service.common import workspace
from whatworks.service.common.formats import size


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    del exception
    return render(request, "errors/400.html", status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    del exception
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    del exception
    return render(request, "errors/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """500: from a template that asks nothing of the database."""
    page = get_template("errors/500.html").render(
        {
            "person": None,
            "navigation": [],
            "messages": [],
            "attribution": (),
            "synthetic": workspace.synthetic(),
        }
    )
    return HttpResponse(page, status=500)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: the same thing asked for too often."""
    return render(request, "errors/429.html", status=429)


def too_large(request: HttpRequest) -> HttpResponse:
    """413. Called before the session is known, so the page is as for a visitor."""
    return render(request, "errors/413.html", {"limit": size(settings.UPLOAD_BYTES)}, status=413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 because a form was too old or came from elsewhere."""
    del reason
    return render(request, "errors/form_expired.html", status=403)
