"""Settings for the tests: a workspace of their own that is gone afterwards, and quick hashing.

``WHATWORKS_TEST_POSTGRES`` (an address, ``postgresql://...``) runs the same tests on PostgreSQL.
Nothing else of the caller's own installation is taken over.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from pathlib import Path
from unittest import mock

_folder = Path(tempfile.mkdtemp(prefix="whatworks-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
(_folder / "static").mkdir()
(_folder / "workspace.json").write_text(json.dumps({"synthetic": True}), "utf-8")
_own = {name: value for name, value in os.environ.items() if not name.startswith("WHATWORKS_")}
_own["WHATWORKS_WORKSPACE"] = str(_folder)
_own["WHATWORKS_DATABASE"] = os.environ.get("WHATWORKS_TEST_POSTGRES", "")

with mock.patch.dict(os.environ, _own, clear=True):
    from whatworks.service.config.settings import *  # noqa: F403  (tests have the settings of the service)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
