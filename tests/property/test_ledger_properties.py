"""Whatever is written can be read back, and whatever is altered is found."""

from __future__ import annotations

import sqlite3
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from whatworks import ledger
from whatworks.ledger.dialects import SQLITE

PRINTABLE = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp", "Zs")), min_size=1, max_size=20
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3).filter(
            lambda items: sum(isinstance(item, dict) for item in items) < 2
        )
        | st.dictionaries(st.from_regex(r"f[a-z0-9_]{0,5}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=5,
)
DATA = st.dictionaries(st.from_regex(r"f[a-z0-9_]{0,5}", fullmatch=True), VALUES, max_size=3)
FIELDS = ("at", "kind", "actor", "subject", "data", "previous", "hash")


NO_UPDATE = next(sql for _, name, sql in SQLITE.objects if name == "ledger_event_no_update")


def nested_no_deeper_than(value: Any, depth: int) -> bool:
    if isinstance(value, dict):
        return depth > 0 and all(nested_no_deeper_than(v, depth - 1) for v in value.values())
    if isinstance(value, list):
        return depth > 0 and all(nested_no_deeper_than(v, depth - 1) for v in value)
    return True


def a_ledger(events: list[tuple[str, str, dict[str, Any]]]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with ledger.writing(connection):
        ledger.ensure(connection)
        for by, subject, data in events:
            ledger.append(connection, kind="a.b", by=by, subject=subject, data=data)
    return connection


EVENTS = st.lists(
    st.tuples(PRINTABLE, PRINTABLE, DATA.filter(lambda d: nested_no_deeper_than(d, 4))),
    min_size=1,
    max_size=4,
)


@given(EVENTS)
def test_events_come_back_as_they_were_written(
    events: list[tuple[str, str, dict[str, Any]]],
) -> None:
    connection = a_ledger(events)

    found = [(event.by, event.subject, dict(event.data)) for event in ledger.events(connection)]

    assert found == events
    assert ledger.verify(connection, expected_head=ledger.head(connection)).ok


@given(EVENTS, st.data())
def test_any_text_in_the_place_of_a_field_is_found(
    events: list[tuple[str, str, dict[str, Any]]], choice: st.DataObject
) -> None:
    connection = a_ledger(events)
    sequence = choice.draw(st.integers(1, len(events)))
    field = choice.draw(st.sampled_from(FIELDS))
    value = choice.draw(st.text(st.characters(exclude_categories=("Cs",)), max_size=10))
    before = connection.execute(
        f"SELECT {field} FROM ledger_event WHERE sequence = ?",
        (sequence,),
    ).fetchone()[0]
    assume(value != before)

    connection.execute("DROP TRIGGER ledger_event_no_update")
    connection.execute(
        f"UPDATE ledger_event SET {field} = ? WHERE sequence = ?",
        (value, sequence),
    )
    connection.execute(NO_UPDATE)

    result = ledger.verify(connection)
    assert not result.ok
    assert result.first_bad == sequence


@given(DATA.filter(lambda d: nested_no_deeper_than(d, 4)))
def test_the_order_of_fields_makes_no_difference(data: dict[str, Any]) -> None:
    backwards = dict(reversed(list(data.items())))
    assert ledger.canonical(data) == ledger.canonical(backwards)
