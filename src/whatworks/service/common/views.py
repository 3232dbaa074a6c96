"""The first page after signing in, and the question asked before pages about single children."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from whatworks.service.common import purpose
from whatworks.service.common.access import requires
from whatworks.service.common.forms import PurposeForm
from whatworks.service.common.permissions import Permission
from whatworks.service.common.purpose import Purpose
from whatworks.service.common.rooms import doors


@require_safe
@requires(Permission.KEEP_OWN_ACCOUNT)
def your_work(request: HttpRequest) -> HttpResponse:
    """The rooms this person may enter, by organisation."""
    places: dict[str, list[object]] = {
        role.organisation.name: [] for role in request.user.current_roles
    }
    found = doors(request.user)
    for door in found:
        if door.where:
            places.setdefault(door.where, []).append(door)
    everywhere = [door for door in found if not door.where]
    return render(request, "common/your_work.html", {"places": places, "everywhere": everywhere})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ_CHILD_RECORDS, council="council")
def give_purpose(request: HttpRequest, council: str) -> HttpResponse:
    """Ask why, then go on to the page that was asked for."""
    form = PurposeForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        purpose.state(request, council, Purpose(form.cleaned_data["purpose"]))
        target = form.cleaned_data["next"]
        safe = url_has_allowed_host_and_scheme(
            target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return redirect(target if target and safe else reverse("your_work"))
    status = 422 if form.is_bound else 200
    organisation = request.access.organisation
    return render(
        request, "common/purpose.html", {"form": form, "organisation": organisation}, status=status
    )
