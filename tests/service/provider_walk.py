"""Run by test_provider.py as a process: signs in through a provider that it plays itself.

Arguments: a folder. Prints what each step answered as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

FOLDER = Path(sys.argv[1])
USER = {"sub": "1", "email": "", "email_verified": True}


class Provider(BaseHTTPRequestHandler):
    """Discovery, token and user information, and no more."""

    def _tell(self, answer: dict[str, object]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path == "/who":
            self._tell(USER)
        else:
            self._tell(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorise",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/who",
                    "jwks_uri": f"{base}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )

    def do_POST(self) -> None:
        self._tell({"access_token": "a", "token_type": "Bearer", "expires_in": 60})

    def log_message(self, *_: object) -> None:
        """Say nothing."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
threading.Thread(target=server.serve_forever, daemon=True).start()
described = {
    "provider_id": "work",
    "name": "Work",
    "client_id": "c",
    "secret": "s",
    "settings": {
        "server_url": f"http://127.0.0.1:{server.server_port}/.well-known/openid-configuration"
    },
}
(FOLDER / "provider.json").write_text(json.dumps(described))
(FOLDER / "static").mkdir()
os.environ |= {
    "WHATWORKS_WORKSPACE": str(FOLDER),
    "WHATWORKS_OIDC": str(FOLDER / "provider.json"),
    "WHATWORKS_HOSTS": "testserver",
    "DJANGO_SETTINGS_MODULE": "whatworks.service.config.settings",
}

import django  # noqa: E402  (what Django reads at import is set above)

django.setup()

from django.core.management import call_command  # noqa: E402  (as above)
from django.test import Client  # noqa: E402  (as above)

from whatworks.service.common import actions  # noqa: E402  (as above)
from whatworks.service.common.models import Person  # noqa: E402  (as above)

call_command("check")
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
known, _ = actions.add_person(email="known@example.org", name="Known", by="system:test")


def walk(**user: object) -> dict[str, object]:
    """One person's way through the provider."""
    USER.update(user)
    client = Client()
    page = client.get("/sign-in/")
    start = client.post("/sign-in/provider/work/")
    asked = parse_qs(urlsplit(start.headers["Location"]).query)
    back = client.get("/sign-in/provider/work/back/", {"code": "x", "state": asked["state"][0]})
    seen = client.get(back.headers["Location"]) if back.status_code == 302 else back
    return {
        "offered": "Sign in with Work" in page.content.decode(),
        "policy": page.headers["Content-Security-Policy"].split("form-action ")[1],
        "back": asked["redirect_uri"][0],
        "ended": back.headers.get("Location"),
        "page": seen.content.decode().split("<title>")[1].split("</title>")[0],
        "inside": client.get("/work/").status_code == 200,
        "people": Person.objects.count(),
    }


told = {
    "origin": f"http://127.0.0.1:{server.server_port}",
    "get": Client().get("/sign-in/provider/work/").status_code,
    "known": walk(email="known@example.org"),
    "unverified": walk(sub="2", email="known@example.org", email_verified=False),
    "unknown": walk(sub="3", email="stranger@example.org", email_verified=True),
    "stopped": Client().get("/sign-in/stopped/").status_code,
    "failed": Client().get("/sign-in/failed/").status_code,
}
sys.stdout.write(json.dumps(told))
