"""Signing in through an identity provider: off by default, for known people alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

NEEDED = ("requests", "jwt", "oauthlib")


def test_without_the_setting_there_is_no_trace_of_it(client: Client, db: None) -> None:
    assert b"Sign in with" not in client.get("/sign-in/").content
    with pytest.raises(NoReverseMatch):
        reverse("openid_connect_login", kwargs={"provider_id": "work"})
    assert client.get("/").headers["Content-Security-Policy"].endswith("form-action 'self'")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        pytest.skip(f"signing in through a provider needs {', '.join(missing)}, not installed here")
    script = Path(__file__).with_name("provider_walk.py")
    env = {name: value for name, value in os.environ.items() if not name.startswith("WHATWORKS_")}
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path_factory.mktemp("provider"))],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_person_who_was_added_comes_in(told: Any) -> None:
    known = told["known"]
    assert known["offered"]
    assert known["back"] == "http://testserver/sign-in/provider/work/back/"
    assert known["ended"] == "/work/"
    assert known["inside"]
    assert known["policy"] == f"'self' {told['origin']}"


@pytest.mark.parametrize("who", ["unverified", "unknown"])
def test_nobody_else_comes_in_and_nobody_is_added(told: Any, who: str) -> None:
    assert not told[who]["inside"]
    assert told[who]["people"] == 1


def test_whoever_was_not_added_is_told_so(told: Any) -> None:
    assert told["unknown"]["page"].startswith("You have not been added here")


def test_the_pages_around_it(told: Any) -> None:
    assert (told["get"], told["stopped"], told["failed"]) == (200, 200, 401)
