"""What the environment says about this installation, read once, with safe defaults.

====================== ==========================================================================
WHATWORKS_WORKSPACE    the workspace's folder: service.sqlite3, secret key, councils/ (./workspace)
WHATWORKS_DATABASE     ``postgresql://user:password@host:port/name`` instead of SQLite
WHATWORKS_HOSTS        names this site answers to, with commas (127.0.0.1, localhost, ::1)
WHATWORKS_HTTPS        ``1``: served over https, so cookies are secure and browsers are told to stay
WHATWORKS_DEBUG        ``1``: show internals on error pages; refused unless every child is invented
WHATWORKS_UPLOAD_MB    largest upload in megabytes (250)
WHATWORKS_OIDC         path of a JSON file that describes an identity provider; off without it
====================== ==========================================================================
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
DAY = 24 * 3600
SECRET_FILE = "service-secret.key"  # noqa: S105  (the name of the file, not the secret)


@dataclass(frozen=True)
class Environment:
    """The installation's own settings, all with defaults that are safe on one machine."""

    workspace: Path
    database: Mapping[str, object]
    hosts: tuple[str, ...]
    https: bool
    debug: bool
    upload_bytes: int
    oidc: Mapping[str, object] | None


def read(environ: Mapping[str, str]) -> Environment:
    """Read the settings. Raises ImproperlyConfigured with a sentence that says what to mend."""
    workspace = Path(environ.get("WHATWORKS_WORKSPACE", "workspace")).expanduser().resolve()
    hosts = tuple(
        name.strip() for name in environ.get("WHATWORKS_HOSTS", "").split(",") if name.strip()
    )
    debug = _flag(environ, "WHATWORKS_DEBUG")
    if debug and not is_synthetic(workspace):
        raise ImproperlyConfigured(
            "WHATWORKS_DEBUG shows what a page was working on when it failed, so it is only "
            "for workspaces in which every child is invented."
        )
    return Environment(
        workspace=workspace,
        database=database(environ.get("WHATWORKS_DATABASE", ""), workspace),
        hosts=hosts or LOOPBACK,
        https=_flag(environ, "WHATWORKS_HTTPS"),
        debug=debug,
        upload_bytes=_whole_number(environ, "WHATWORKS_UPLOAD_MB", 250) * 1024 * 1024,
        oidc=_oidc(environ.get("WHATWORKS_OIDC", "")),
    )


def is_synthetic(workspace: Path) -> bool:
    """Whether the workspace says of itself that every child in it is invented."""
    try:
        facts = json.loads((workspace / "workspace.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(facts, dict) and facts.get("synthetic") is True


def database(address: str, workspace: Path) -> dict[str, object]:
    """Django's description of the database: SQLite in the workspace, or PostgreSQL by address."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": workspace / "service.sqlite3",
            "OPTIONS": {
                # A deferred transaction that turns into a write fails at once when another
                # writer is there; an immediate one waits its turn.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "WHATWORKS_DATABASE must look like postgresql://user:password@host:5432/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def arriving(workspace: Path) -> Path:
    """The folder in which uploads arrive, which this account alone may enter.

    Made if need be, and cleared of what a service that was killed left there a day or more ago.
    """
    folder = workspace / "arriving"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.iterdir():
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > DAY:
                left.unlink()
    return folder


def secret_key(workspace: Path) -> str:
    """The installation's secret, made on first use in a file that its owner alone may read."""
    path = workspace / SECRET_FILE
    if not path.is_file():
        workspace.mkdir(parents=True, exist_ok=True)
        own = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            # A link appears whole or not at all, and only the first of two processes makes it.
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return path.read_text("ascii").strip()


def _flag(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdigit() or int(text) == 0:
        raise ImproperlyConfigured(f"{name} must be a whole number above 0, not {text!r}.")
    return int(text)


def _oidc(path: str) -> Mapping[str, object] | None:
    if not path:
        return None
    if any(find_spec(needed) is None for needed in ("requests", "jwt", "oauthlib")):
        raise ImproperlyConfigured(
            "Signing in through an identity provider (WHATWORKS_OIDC) needs more to be installed: "
            "python -m pip install 'django-allauth[socialaccount]'"
        )
    try:
        described = json.loads(Path(path).read_text("utf-8"))
        return {
            name: described[name]
            for name in ("provider_id", "name", "client_id", "secret", "settings")
        }
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise ImproperlyConfigured(
            "WHATWORKS_OIDC must name a JSON file with provider_id, name, client_id, secret and "
            'settings ({"server_url": ...}).'
        ) from problem
