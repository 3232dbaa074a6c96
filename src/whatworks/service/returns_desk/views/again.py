"""Letting a return count again that a later one replaced."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from whatworks.returns import StoreError
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission
from whatworks.service.returns_desk import actions
from whatworks.service.returns_desk.jobs import count_again
from whatworks.service.returns_desk.opened import opened, sender, title_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOAD_RETURNS, council="council")
def use_again(request: HttpRequest, council: str, submission: str) -> HttpResponse:
    """Ask whether a replaced return is to count again, beside the one that counts; then do it."""
    found = opened(request, submission)
    wanted = found.submission
    (current,) = found.store.submissions(
        council, wanted.collection, wanted.year, month=wanted.month
    ) or (None,)
    if wanted.current or current is None:
        raise Http404
    why = ""
    if request.method == "POST":
        try:
            kept = actions.use_again(
                store=found.store,
                organisation=request.access.organisation,
                person=request.user,
                submission=wanted,
            )
        except StoreError as problem:
            why = str(problem)
        else:
            count_again.enqueue(council)
            messages.success(request, f"{title_of(kept)}: this return counts again.")
            return redirect("returns_report", council=council, submission=kept.id)
    context = {
        "organisation": request.access.organisation,
        "council": council,
        "found": found,
        "current": current,
        "sender": sender,
        "lost": wanted.lacks(current),
        "why": why,
    }
    return render(request, "returns_desk/again.html", context, status=422 if why else 200)
