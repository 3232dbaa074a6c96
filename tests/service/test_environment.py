"""Settings from the environment: safe without any, and a sentence where one is wrong."""

from __future__ import annotations

import json
import logging
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from whatworks.service.config import environment, logs


def test_without_any_setting_it_is_closed_to_all_but_this_machine(tmp_path: Path) -> None:
    found = environment.read({"WHATWORKS_WORKSPACE": str(tmp_path)})
    assert found.hosts == ("127.0.0.1", "localhost", "[::1]")
    assert not found.debug
    assert not found.https
    assert found.oidc is None
    assert found.upload_bytes == 250 * 1024 * 1024
    assert found.database["NAME"] == tmp_path / "service.sqlite3"
    assert found.database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(environment.secret_key, [folder] * 16))
    assert len(made) == 1
    assert len(made.pop()) > 60
    assert [path.name for path in folder.iterdir()] == [environment.SECRET_FILE]
    assert stat.S_IMODE((folder / environment.SECRET_FILE).stat().st_mode) == 0o600
    assert environment.secret_key(tmp_path / "another") != environment.secret_key(folder)


def test_showing_internals_is_refused_where_children_may_be_real(tmp_path: Path) -> None:
    told = {"WHATWORKS_WORKSPACE": str(tmp_path), "WHATWORKS_DEBUG": "1"}
    with pytest.raises(ImproperlyConfigured, match="invented"):
        environment.read(told)
    (tmp_path / "workspace.json").write_text(json.dumps({"synthetic": True}))
    assert environment.read(told).debug


def test_postgresql_by_one_setting(tmp_path: Path) -> None:
    found = environment.database(
        "postgresql://us%40er:p%2Fw@db.example:5433/what%20works", tmp_path
    )
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "us@er",
        "p/w",
        "db.example",
        "5433",
        "what works",
    )


@pytest.mark.parametrize("address", ["mysql://x/y", "postgresql://host", "nonsense"])
def test_another_kind_of_database_is_refused_without_quoting_its_password(
    tmp_path: Path, address: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.database(address, tmp_path)
    assert "postgresql://user:password@host" in str(refusal.value)


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5"])
def test_a_limit_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="WHATWORKS_UPLOAD_MB"):
        environment.read({"WHATWORKS_WORKSPACE": str(tmp_path), "WHATWORKS_UPLOAD_MB": text})


def test_an_identity_provider_needs_its_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match="pip install"):
        environment.read({"WHATWORKS_WORKSPACE": str(tmp_path), "WHATWORKS_OIDC": "x.json"})


def test_an_identity_provider_needs_a_whole_description(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda name: name)
    file = tmp_path / "provider.json"
    told = {"WHATWORKS_WORKSPACE": str(tmp_path), "WHATWORKS_OIDC": str(file)}
    for text in (None, "nonsense", "{}", "[]"):
        if text is not None:
            file.write_text(text)
        with pytest.raises(ImproperlyConfigured, match="WHATWORKS_OIDC"):
            environment.read(told)
    whole = {
        "provider_id": "work",
        "name": "Work",
        "client_id": "a",
        "secret": "b",
        "settings": {"server_url": "https://id.example"},
    }
    file.write_text(json.dumps(whole))
    assert environment.read(told).oidc == whole


def test_behind_https_cookies_are_secure_and_browsers_are_told_to_stay(tmp_path: Path) -> None:
    shown = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0,"
        " s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_NAME, s.CSRF_TRUSTED_ORIGINS)\n"
    )
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "whatworks.service.config.settings",
        "WHATWORKS_WORKSPACE": str(tmp_path),
        "WHATWORKS_HTTPS": "1",
        "WHATWORKS_HOSTS": "ww.example",
    }
    done = subprocess.run(
        [sys.executable, "-c", shown], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.split(maxsplit=5) == ["True"] * 4 + [
        "__Host-session",
        "['https://ww.example']\n",
    ]


@pytest.mark.parametrize(("status", "traced"), [(403, False), (404, False), (500, True)])
def test_a_refusal_is_logged_without_a_trace_and_a_fault_with_one(
    status: int, traced: bool
) -> None:
    fault = (PermissionError, PermissionError(), None)
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "said", (), fault)
    record.status_code = status
    assert logs.NoTraceOfRefusals().filter(record)
    assert bool(record.exc_info) is traced
