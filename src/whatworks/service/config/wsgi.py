"""What the web server runs."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whatworks.service.config.settings")
logger = logging.getLogger("whatworks.service")


def guarded(inner: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Keep the web server from logging a failure that even the failure page could not report.

    It would write the exception's message, which may quote a child's record; ours never does.
    """

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            return inner(environ, start_response)
        except Exception:
            logger.exception("The page that reports failures failed itself.")
            start_response(
                "500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")]
            )
            return [b"Something went wrong here. What was saved before is safe."]

    return application


application = guarded(get_wsgi_application())
