"""Logging that cannot carry a child's record: where something failed, never what it held.

Messages of exceptions raised while data are worked on often quote a value. So a traceback is
written as a list of places and the kind of error; its words are left out.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any


class PlacesOnly(logging.Formatter):
    """Formats an exception as its kind and where it passed, without messages or source lines."""

    def formatException(  # noqa: N802  (as logging calls it)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        lines = []
        exception: BaseException | None = ei[1]
        while exception is not None:
            places = traceback.extract_tb(exception.__traceback__)
            lines.append(f"{type(exception).__module__}.{type(exception).__qualname__} at")
            lines += [f"  {place.filename}:{place.lineno} in {place.name}" for place in places]
            exception = exception.__cause__ or exception.__context__
        return "\n".join(lines)

    def formatStack(self, stack_info: str) -> str:  # noqa: N802  (as logging calls it)
        del stack_info
        return ""


class NoArguments(logging.Filter):
    """For libraries that put what was typed into their messages: keep the words alone."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = str(record.msg).split("%", maxsplit=1)[0].strip()
        record.args = ()
        return True


class NoTraceOfRefusals(logging.Filter):
    """A page that was refused or is not there is an answer, not a fault: one line, no trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = None
        return True


def configuration() -> dict[str, Any]:
    """Logging to standard error: warnings and above, our own from information up."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "places": {
                "()": PlacesOnly,
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            }
        },
        "filters": {
            "no_arguments": {"()": NoArguments},
            "no_trace_of_refusals": {"()": NoTraceOfRefusals},
        },
        "handlers": {
            "errors": {
                "class": "logging.StreamHandler",
                "formatter": "places",
                "filters": ["no_trace_of_refusals"],
            },
            "sign_in": {
                "class": "logging.StreamHandler",
                "formatter": "places",
                "filters": ["no_arguments"],
            },
        },
        "root": {"handlers": ["errors"], "level": "WARNING"},
        "loggers": {
            "whatworks": {"level": "INFO"},
            # Django's own would mail request bodies to administrators, or print to the console.
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
            "django": {"handlers": ["errors"], "level": "WARNING", "propagate": False},
            "axes": {"handlers": ["sign_in"], "level": "WARNING", "propagate": False},
            "allauth": {"handlers": ["sign_in"], "level": "WARNING", "propagate": False},
        },
    }
