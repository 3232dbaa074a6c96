"""Signing in, the lock after wrong passwords, the second step, and what is recorded of it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from whatworks import ledger
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import RoleName
from whatworks.service.config.logs import PlacesOnly

pytestmark = pytest.mark.django_db
PASSWORD = "owl-teapot-lantern"


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def somebody(person_with: Callable[..., Person]) -> Person:
    return person_with(RoleName.COUNCIL_ANALYST, password=PASSWORD)


def sign_in(client: Client, email: str, password: str, **more: str) -> object:
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def kinds() -> list[str]:
    from django.db import connection

    return [event.kind for event in ledger.events(connection.connection)]


def test_the_right_password_opens_your_work(client: Client, somebody: Person) -> None:
    answer = sign_in(client, somebody.email.upper(), PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("your_work"))
    page = client.get(reverse("your_work"))
    assert page.status_code == 200
    assert "Our council" in page.content.decode()
    assert kinds()[-1] == "signed_in"


def test_signing_in_goes_on_to_the_page_that_was_asked_for(
    client: Client, somebody: Person
) -> None:
    answer = sign_in(client, somebody.email, PASSWORD, next="/account/")
    assert answer.headers["Location"] == "/account/"


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_signing_in_never_goes_on_to_another_site(
    client: Client, somebody: Person, elsewhere: str
) -> None:
    answer = sign_in(client, somebody.email, PASSWORD, next=elsewhere)
    assert "elsewhere" not in answer.headers["Location"]
    assert "javascript" not in answer.headers["Location"]


def test_wrong_password_and_unknown_address_look_the_same(client: Client, somebody: Person) -> None:
    def seen(email: str) -> str:
        page = sign_in(client, email, "wrong wrong wrong").content.decode()
        return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page).replace(email, "EMAIL")

    known, unknown = seen(somebody.email), seen("nobody@example.org")
    assert known == unknown
    assert "The email address or the password is not right." in known


def test_five_wrong_passwords_close_an_address_whether_or_not_anybody_has_it(
    client: Client, somebody: Person
) -> None:
    pages = {}
    for email in (somebody.email, "nobody@example.org"):
        answers = [sign_in(client, email, f"wrong {attempt}") for attempt in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 4 + [429]
        pages[email] = re.sub(r'value="\w+"', "", answers[-1].content.decode())
        assert "closed for 15 minutes" in pages[email]
        assert email not in pages[email]
    assert pages[somebody.email] == pages["nobody@example.org"]
    assert sign_in(client, somebody.email, PASSWORD).status_code == 429, (
        "the right password waits as well"
    )
    assert sign_in(client, somebody.email.upper(), PASSWORD).status_code == 429, "whatever its case"
    assert kinds().count("sign_in_locked") == 2


def test_the_lock_opens_after_a_quarter_of_an_hour(client: Client, somebody: Person) -> None:
    for attempt in range(5):
        sign_in(client, somebody.email, f"wrong {attempt}")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client, somebody.email, PASSWORD).status_code == 302


def test_four_wrong_passwords_and_a_right_one_start_the_count_again(
    client: Client, somebody: Person
) -> None:
    for _ in range(2):
        for attempt in range(4):
            assert sign_in(client, somebody.email, f"wrong {attempt}").status_code == 200
        assert sign_in(client, somebody.email, PASSWORD).status_code == 302
        client.logout()


def test_who_was_tried_is_neither_stored_nor_logged(
    client: Client, somebody: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = io.StringIO()
    for logger in ("axes", "allauth", "django"):
        for handler in logging.getLogger(logger).handlers:
            if not isinstance(handler.formatter, PlacesOnly):
                continue  # pytest's own
            monkeypatch.setattr(handler, "stream", log)
    for attempt in range(6):
        sign_in(client, somebody.email, f"secret {attempt}")
    kept = " ".join(str(value) for row in AccessAttempt.objects.values_list() for value in row)
    assert AccessAttempt.objects.exists()
    written = log.getvalue()
    assert "Locking out" in written, "the lock is worth a line in the log"
    for text in (kept, written):
        assert somebody.email not in text
        assert "secret" not in text
        assert "127.0.0.1" not in text


def test_signing_out_takes_a_post(client: Client, somebody: Person) -> None:
    client.force_login(somebody, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("account_logout"))
    assert b"Do you want to sign out?" in page.content
    assert client.get(reverse("your_work")).status_code == 200
    assert client.post(reverse("account_logout")).headers["Location"] == "/"
    assert client.get(reverse("your_work")).status_code == 302


def test_forms_from_elsewhere_are_refused_in_plain_english(somebody: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("account_login"), {"login": somebody.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert b"This form could not be accepted" in answer.content


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_reset_password",
        "account_set_password",
        "mfa_list_webauthn",
    ],
)
def test_pages_that_are_not_in_use_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_closed_account_is_told_so_only_with_the_right_password(
    client: Client, somebody: Person
) -> None:
    somebody.is_active = False
    somebody.save()
    assert sign_in(client, somebody.email, "wrong wrong").status_code == 200
    answer = sign_in(client, somebody.email, PASSWORD)
    assert answer.headers["Location"] == reverse("account_inactive")
    assert b"This account is closed" in client.get(reverse("account_inactive")).content


def test_changing_the_password(client: Client, somebody: Person) -> None:
    sign_in(client, somebody.email, PASSWORD)
    address = reverse("account_change_password")
    new = "kettle-harbour-mitten"
    short = client.post(
        address, {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    )
    assert b"too short" in short.content
    wrong = client.post(address, {"oldpassword": "no", "password1": new, "password2": new})
    assert b"Your current password is not right." in wrong.content
    answer = client.post(address, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.headers["Location"] == reverse("own_account")
    assert b"Your password was changed." in client.get(reverse("own_account")).content
    assert kinds()[-1] == "password_changed"
    assert sign_in(Client(), somebody.email, PASSWORD).status_code == 200
    assert sign_in(Client(), somebody.email, new).status_code == 302


def code_for(secret: str, *, ahead: int = 0) -> str:
    from allauth.mfa.totp.internal import auth

    counter = next(iter(auth.yield_hotp_counters_from_time())) + ahead
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def add_second_step(client: Client) -> tuple[str, list[str]]:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "<svg" in page
    secret = re.search(r'<code class="ww-secret">(\w+)</code>', page).group(1)
    assert (
        b"The code is not right"
        in client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content
    )
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert answer.status_code == 302
    codes = re.findall(
        r"<li>(\d{8})</li>", client.get(reverse("mfa_view_recovery_codes")).content.decode()
    )
    return secret, codes


def test_a_second_step_can_be_added_used_and_removed(
    client: Client, somebody: Person, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    sign_in(client, somebody.email, PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        _secret, codes = add_second_step(client)
    assert len(codes) == 10
    assert "second_step_added" in kinds()
    assert b"On: a code" in client.get(reverse("own_account")).content
    downloaded = client.get(reverse("mfa_download_recovery_codes"))
    assert downloaded.content.decode().split() == codes

    later = Client()
    assert sign_in(later, somebody.email, PASSWORD).headers["Location"] == reverse(
        "mfa_authenticate"
    )
    assert later.get(reverse("your_work")).status_code == 302, "a password alone is not enough now"
    page = later.get(reverse("mfa_authenticate"))
    assert b"Enter a code" in page.content
    assert (
        b"The code is not right"
        in later.post(reverse("mfa_authenticate"), {"code": "000000"}).content
    )
    assert later.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert later.get(reverse("your_work")).status_code == 200

    again = Client()
    sign_in(again, somebody.email, PASSWORD)
    assert again.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200, (
        "each code works once"
    )

    assert b"9 codes" in client.get(reverse("mfa_generate_recovery_codes")).content
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert b"Remove the second step?" in client.get(reverse("mfa_deactivate_totp")).content
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert b"Add a second step" in client.get(reverse("mfa_index")).content
    assert "second_step_removed" in kinds()


def test_secrets_of_the_second_step_are_stored_encrypted(client: Client, somebody: Person) -> None:
    from allauth.mfa.models import Authenticator

    sign_in(client, somebody.email, PASSWORD)
    secret, _codes = add_second_step(client)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert Authenticator.objects.count() == 2
    assert secret not in kept


def test_changing_how_one_signs_in_asks_for_the_password_again(
    client: Client, somebody: Person
) -> None:
    sign_in(client, somebody.email, PASSWORD)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Enter your password again" in page
    wrong = client.post(answer.headers["Location"], {"password": "wrong"})
    assert b"The password is not right." in wrong.content
    right = client.post(answer.headers["Location"], {"password": PASSWORD})
    assert right.headers["Location"] == reverse("mfa_activate_totp")


def test_confirming_by_code_where_there_is_a_second_step(client: Client, somebody: Person) -> None:
    sign_in(client, somebody.email, PASSWORD)
    _secret, codes = add_second_step(client)
    page = client.get(reverse("mfa_reauthenticate")).content.decode()
    assert "Enter a code again" in page
    assert "Use your password instead" in page
    assert client.post(reverse("mfa_reauthenticate"), {"code": codes[0]}).status_code == 302
