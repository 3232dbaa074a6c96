"""A person's own page."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission, RoleName


@require_safe
@requires(Permission.KEEP_OWN_ACCOUNT)
def own_account(request: HttpRequest) -> HttpResponse:
    """Who I am here, my roles, my password and second step."""
    roles = [
        {
            "role": RoleName(role.name).label,
            "organisation": role.organisation.name,
            "since": role.given_at,
        }
        for role in request.user.current_roles
    ]
    return render(
        request,
        "account/own.html",
        {
            "roles": roles,
            "second_step": is_mfa_enabled(request.user),
            "since": request.user.created_at,
        },
    )
