"""Work in the background: arguments are ids, and what goes wrong is kept without what it held."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django_tasks import task

logger = logging.getLogger(__name__)


class TaskFailed(Exception):
    """A task did not finish. Its text names the kind of error alone, for it is kept."""


def background(function: Callable[..., Any]) -> Any:
    """A function of ids as a task: ``check.enqueue(submission_id)``.

    An exception's message may quote a child's record, and the queue stores messages; so it is
    logged by place, and another that says nothing of the data is raised in its stead.
    """

    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        kind = None
        try:
            return function(*args, **kwargs)
        except Exception as problem:
            logger.exception("The task %s failed.", function.__name__)
            kind = type(problem).__name__
        raise TaskFailed(f"{function.__name__} stopped with {kind}")

    return task()(guarded)
