"""The pages on which a person keeps a group of councils, renames it, and removes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission
from whatworks.service.england import actions, asking, groups
from whatworks.service.england.forms import NameGroupForm
from whatworks.service.england.models import KeptGroup


def kept_by(request: HttpRequest) -> list[KeptGroup]:
    """The groups that this person keeps, by name."""
    return list(KeptGroup.objects.filter(person=request.user))


def kept_as(request: HttpRequest, group: groups.Group) -> KeptGroup | None:
    """The one of them that is of the same councils, if any."""
    return next((one for one in kept_by(request) if one.codes == group.codes), None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ_PUBLISHED)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the group in the address under a name."""
    picked = groups.asked(request.GET)
    if picked is None or not picked.members:
        raise Http404
    form = NameGroupForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        kept = actions.keep_group(
            person=request.user, name=form.cleaned_data["name"], codes=picked.codes
        )
        messages.success(request, f"“{kept.name}” is kept among your groups.")
        return redirect(_page_of(kept, request))
    context = {
        "form": form,
        "group": picked,
        "here": request.get_full_path(),
        "back_to": f"{reverse('england_group')}?{_query(picked.codes, request)}",
        "others": [one.name for one in kept_by(request)],
    }
    return render(request, "england/keep.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ_PUBLISHED)
def kept(request: HttpRequest, group: str) -> HttpResponse:
    """One kept group: rename it or remove it. Another person's is not found."""
    found = get_object_or_404(KeptGroup, public_id=group, person=request.user)
    removing = request.method == "POST" and "remove" in request.POST
    if removing:
        actions.remove_group(found, person=request.user)
        messages.success(request, f"“{found.name}” was removed from your groups.")
        return redirect("england_choose")
    form = NameGroupForm(
        request.POST or None,
        initial={"name": found.name},
        person=request.user,
        other_than=found,
    )
    if request.method == "POST" and form.is_valid():
        actions.rename_group(found, person=request.user, name=form.cleaned_data["name"])
        messages.success(request, f"The group is now called “{found.name}”.")
        return redirect(_page_of(found, request))
    context = {
        "form": form,
        "kept": found,
        "group": groups.of(found.codes.split(",")),
        "page": _page_of(found, request),
    }
    return render(request, "england/kept.html", context, status=422 if form.is_bound else 200)


def _page_of(group: KeptGroup, request: HttpRequest) -> str:
    return f"{reverse('england_group')}?{_query(group.codes, request)}"


def _query(codes: str, request: HttpRequest) -> str:
    return asking.query(codes=codes, **asking.keep(request.GET))
