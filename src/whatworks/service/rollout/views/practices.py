"""Practices: all of them by need, and one with who uses it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from whatworks.rollout import NEEDS
from whatworks.service.burden.uses import reader_of, used
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission
from whatworks.service.rollout import asks, changes, figures, queries, rated, wording
from whatworks.service.rollout.forms import WORDS
from whatworks.service.rollout.queries import Adopted
from whatworks.service.rollout.views.common import councils_with, practice_or_404


@require_safe
@requires(Permission.READ_EVIDENCE)
def practices(request: HttpRequest) -> HttpResponse:
    """Every practice, under the need that it is for."""
    found = queries.practices()
    uses = queries.uses_of_all()
    used = {one.id: _users(uses.get(one.id, ())) for one in found}
    needs = [
        {
            "title": WORDS[need][0],
            "meant": WORDS[need][1],
            "slug": need.replace(" ", "-"),
            "rated": [rated.rated(one) for one in found if one.need == need],
            "also": [one for one in found if need in one.also_serves],
        }
        for need in NEEDS
    ]
    return render(
        request,
        "rollout/practices.html",
        {"needs": needs, "used": used},
    )


@require_safe
@requires(Permission.READ_EVIDENCE)
def one_practice(request: HttpRequest, slug: str) -> HttpResponse:
    """What a practice is, for whom, what it takes, who uses it, and where to read on."""
    practice = practice_or_404(slug)
    mine = councils_with(request.user, Permission.READ_MEASURES)
    own = {place.council_code for place in mine}
    uses = queries.uses(slug)
    read = {name for one in uses for name in changes.answered(one.entry)}
    used("done_now", read, place=asks.PRACTICE, reader=reader_of(request.user))
    using = [
        {
            "council": one.council_name,
            "facts": changes.facts(one.entry),
            "use": one,
            "own": one.council in own,
        }
        for one in uses
    ]
    return render(
        request,
        "rollout/practice.html",
        {
            "practice": practice,
            "rated": rated.rated(practice),
            "needs": [WORDS[need][0] for need in (practice.need, *practice.also_serves)],
            "outcomes": [wording.title(name) for name in practice.outcomes],
            "safety": [wording.title(name) for name in practice.safety],
            "using": using,
            "effects": queries.effects(slug),
            "here": [
                (one, reverse("rollout_here", kwargs={"council": one.council_code, "slug": slug}))
                for one in mine
            ],
            "measured": figures.measure_beside(practice.need),
        },
    )


def _users(uses: Iterable[Adopted]) -> int:
    return sum(one.stopped is None for one in uses)
