"""What definitions may not do themselves, because engines differ over it: a lint, and its proof.

Rules, journeys and measures use the primitives of ``whatworks.tables`` instead.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "whatworks"
DEFINITIONS = ("returns/*/rules/**/*.py", "journeys/**/*.py", "measures/**/*.py")

INSTEAD = {
    "month": "month_of",
    "offset_by": "add_months or birthday",
    "truncate": "year_of and month_of",
    "join_asof": "as_of or neighbours",
    "total_minutes": "days_between",
    "total_seconds": "days_between",
    "total_days": "days_between",
}
"""Names of methods that are banned, and the primitive to use."""


def faults(code: str) -> list[tuple[int, str]]:
    """Line numbers and reasons, for every banned thing in a piece of code."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            found += [(node.lineno, why) for why in _banned_call(node)]
        if isinstance(node, ast.BinOp) and (_is_date_part(node.left) or _is_date_part(node.right)):
            found.append((node.lineno, "arithmetic on a part of a date: widths differ by engine"))
    return sorted(found)


def _banned_call(call: ast.Call) -> list[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else None
    if name in INSTEAD and not (name == "month" and not _is_date_part(call)):
        return [f"{name}: use {INSTEAD[name]}"]
    if name == "replace_strict" and "default" not in {k.arg for k in call.keywords}:
        return ["replace_strict without default"]
    if name == "over" and isinstance(call.func, ast.Attribute):
        inner = call.func.value
        method = inner.func if isinstance(inner, ast.Call) else None
        before = method.attr if isinstance(method, ast.Attribute) else None
        if before in {"first", "last"}:
            return [f"windowed {before}: use neighbours, attach or latest_version"]
    return []


def _is_date_part(node: ast.expr) -> bool:
    """Whether the node is something like ``column.dt.year()``."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if isinstance(node.func.value, ast.Attribute) and node.func.value.attr == "dt":
            return True
        node = node.func.value  # look under .cast(...) and the like
    return False


def _files() -> list[Path]:
    return sorted(path for pattern in DEFINITIONS for path in SOURCE.glob(pattern))


def test_there_is_something_to_lint() -> None:
    assert len(_files()) > 15


@pytest.mark.parametrize("path", _files(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_definitions_use_the_primitives(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("col('A').dt.month() == 2", "month"),
        ("col('A').dt.offset_by('1mo')", "offset_by"),
        ("col('A').dt.truncate('1mo')", "truncate"),
        ("left.join_asof(right, on='A')", "join_asof"),
        ("(col('A') - col('B')).dt.total_minutes() > 5", "total_minutes"),
        ("col('A').first().over('CHILD')", "windowed first"),
        ("col('A').last().over('CHILD', order_by='ROW')", "windowed last"),
        ("col('A').replace_strict({'1': 2})", "replace_strict"),
        ("col('A').dt.year() * 100", "arithmetic"),
        ("2 + col('A').dt.day().cast(int)", "arithmetic"),
    ],
)
def test_the_lint_finds_what_is_banned(code: str, why: str) -> None:
    assert any(why in reason for _, reason in faults(code)), faults(code)


@pytest.mark.parametrize(
    "code",
    [
        "col('A').replace_strict({'1': 2}, default=None)",
        "col('A').max().over('CHILD')",
        "age_at('DOB', 'DECOM') >= 18",
        "rows.first()",
        "col('A').dt.year() == 2025",
        "start.month + 1",
    ],
)
def test_the_lint_leaves_the_rest_alone(code: str) -> None:
    assert faults(code) == []
