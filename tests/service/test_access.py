"""Every address of the service is closed, save the few that are listed as public."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, path, reverse

from whatworks.service.common import checks
from whatworks.service.common.access import Access, AccessMiddleware, requires
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import MAY, SIGNED_IN, Permission, RoleName, allowed
from whatworks.service.common.public import PUBLIC_PAGES

pytestmark = pytest.mark.django_db

SAMPLES = {"int": 1, "uuid": "8f14e45f-ceea-467f-a8d0-000000000000"}
NAMED = {"measure": "looked_after_at_31_march", "collection": "ssda903", "rule": "101"}
PAGES = dict(checks.pages())
GUARDED = sorted(set(PAGES) - PUBLIC_PAGES)


def address(name: str, council: str = "301") -> str:
    """The page's address with made-up arguments; access is decided before they are looked at."""
    pattern: URLPattern = PAGES[name]
    arguments = {
        key: NAMED.get(
            key, SAMPLES.get(type(converter).__name__.removesuffix("Converter").lower(), "x")
        )
        for key, converter in pattern.pattern.converters.items()
    }
    access = pattern.callback.access if name not in PUBLIC_PAGES else None
    if access is not None and access.council is not None:
        arguments[access.council] = council
    return reverse(name, kwargs=arguments)


def asks(name: str) -> Access:
    return PAGES[name].callback.access


def test_there_are_pages_to_try() -> None:
    assert {"home", "your_work", "own_account", "purpose"} <= set(PAGES)
    assert len(GUARDED) >= 10


@pytest.mark.parametrize("name", GUARDED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_guarded_page_sends_a_visitor_to_sign_in(client: Client, name: str, method: str) -> None:
    answer = getattr(client, method)(address(name))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login") + "?next=/")


@pytest.mark.parametrize("name", GUARDED)
def test_a_guarded_page_refuses_every_role_that_lacks_its_permission(
    name: str, person_with: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    permission = asks(name).permission
    if permission in SIGNED_IN and asks(name).council is None:
        assert signed_in(person_with()).get(address(name)).status_code != 403
        return
    lacking = [
        role for role in RoleName if role is not RoleName.PUBLIC and permission not in MAY[role]
    ]
    # What every role may do is refused to whoever has no role.
    for person in [person_with(), *map(person_with, lacking)]:
        assert signed_in(person).get(address(name)).status_code == 403, person.current_roles
        assert signed_in(person).post(address(name)).status_code == 403


@pytest.mark.parametrize("name", [name for name in GUARDED if asks(name).council is not None])
def test_a_councils_page_opens_to_its_own_people_alone(
    name: str, person_with: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    holders = [role for role in RoleName if asks(name).permission in MAY[role]]
    assert holders, "nobody could ever open this page"
    for role in holders:
        client = signed_in(person_with(role))
        client.raise_request_exception = False
        assert client.get(address(name, "301")).status_code != 403
        for other in ("302", "999", "30", "301 ", "٣٠١"):
            assert client.get(address(name, other)).status_code == 403, other


@pytest.mark.parametrize("name", sorted(PUBLIC_PAGES))
def test_a_public_page_opens_to_a_visitor(client: Client, name: str) -> None:
    answer = client.get(address(name))
    # The second step of signing in goes back to the first without a right password.
    assert answer.status_code == (302 if name == "mfa_authenticate" else 200)


def test_a_role_that_has_ended_opens_nothing(
    analyst: Person, signed_in: Callable[[Person], Client]
) -> None:
    from whatworks.service.common import actions

    assert signed_in(analyst).get(address("purpose")).status_code == 200
    actions.end_role(role=analyst.current_roles[0], by="system:test")
    assert signed_in(analyst).get(address("purpose")).status_code == 403


def test_a_closed_account_is_signed_out_at_once(
    analyst: Person, signed_in: Callable[[Person], Client]
) -> None:
    from whatworks.service.common import actions

    client = signed_in(analyst)
    actions.close_account(person=analyst, by="system:test")
    assert client.get(reverse("your_work")).status_code == 302
    assert not allowed(analyst, Permission.KEEP_OWN_ACCOUNT)


def unguarded(request: object) -> HttpResponse:
    return HttpResponse("seen")


def guarded(request: object) -> HttpResponse:
    return HttpResponse("seen")


class ForgottenPage:
    urlpatterns = (path("forgotten/", unguarded, name="forgotten"),)


@override_settings(ROOT_URLCONF=ForgottenPage)
def test_a_page_that_says_nothing_is_reported_at_start_up() -> None:
    found = checks.every_page_is_guarded()
    assert {problem.id for problem in found} == {"whatworks.E001", "whatworks.E002"}
    assert "forgotten" in found[0].msg


class SharedName:
    urlpatterns = (
        path("one/", requires(Permission.READ_RETURNS)(guarded), name="home"),
        path("two/", unguarded, name="home"),
    )


@override_settings(ROOT_URLCONF=SharedName)
def test_two_pages_of_one_name_are_reported_at_start_up() -> None:
    assert "whatworks.E003" in {problem.id for problem in checks.every_page_is_guarded()}


def test_a_page_that_says_nothing_is_closed_even_to_an_analyst(analyst: Person) -> None:
    from django.core.exceptions import PermissionDenied
    from django.urls import ResolverMatch

    request = RequestFactory().get("/forgotten/")
    request.user = analyst
    request.resolver_match = ResolverMatch(unguarded, (), {}, "forgotten")
    with pytest.raises(PermissionDenied):
        AccessMiddleware(unguarded).process_view(request, unguarded, (), {})


def test_every_page_of_this_service_is_guarded() -> None:
    assert checks.every_page_is_guarded() == []


def test_a_page_about_children_must_name_its_council() -> None:
    with pytest.raises(ValueError, match="one council"):
        requires(Permission.READ_CHILD_RECORDS, child_level=True)


def test_everybody_has_the_public_role_and_nobody_is_given_it(
    region: object, analyst: Person
) -> None:
    from django.db import IntegrityError, transaction

    from whatworks.service.common.models import Role

    assert MAY[RoleName.PUBLIC] == frozenset()
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(
            person=analyst,
            organisation=analyst.current_roles[0].organisation,
            name="public",
            given_by="x",
        )
