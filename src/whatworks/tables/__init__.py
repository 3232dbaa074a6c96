"""The primitives that views are built from, and the only place that knows engines.

Every function takes a Polars ``DataFrame`` or ``LazyFrame`` or a Narwhals frame (which may
stand on Spark) and gives back a frame of the same kind. Expressions are Narwhals expressions:
put them on ``frame(...)``, which wraps what you have, and take the result out with ``native``.

Keys (``by``, ``on``) that are null never match one another.
"""

from __future__ import annotations

from whatworks.tables.conforming import conformed
from whatworks.tables.expressions import (
    add_months,
    age_at,
    all_of,
    any_of,
    birthday,
    col,
    days_between,
    is_blank,
    lit,
    month_of,
    unreadable,
    when,
    year_of,
)
from whatworks.tables.frames import (
    AnyFrame,
    collect,
    frame,
    materialise,
    native,
    with_columns,
)
from whatworks.tables.lakes import EngineMissingError, Lake, open_lake, spark_session, to_spark
from whatworks.tables.primitives import (
    as_of,
    attach,
    islands,
    latest_version,
    neighbours,
)
from whatworks.tables.windows import in_each
from whatworks.tables.working_days import working_days

__all__ = [
    "AnyFrame",
    "EngineMissingError",
    "Lake",
    "add_months",
    "age_at",
    "all_of",
    "any_of",
    "as_of",
    "attach",
    "birthday",
    "col",
    "collect",
    "conformed",
    "days_between",
    "frame",
    "in_each",
    "is_blank",
    "islands",
    "latest_version",
    "lit",
    "materialise",
    "month_of",
    "native",
    "neighbours",
    "open_lake",
    "spark_session",
    "to_spark",
    "unreadable",
    "when",
    "with_columns",
    "working_days",
    "year_of",
]
