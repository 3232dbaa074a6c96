"""The view of social work posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from whatworks.measures.workforce import Workforce


def social_work_posts(workforce: Workforce) -> Any:
    """One row a worker's record or a vacant post and census year: ``Workforce.posts`` as it is.

    It is of its own kind and has none of the columns about children.
    """
    return workforce.posts


VIEWS: Mapping[str, Callable[[Workforce], Any]] = {"social_work_posts": social_work_posts}
