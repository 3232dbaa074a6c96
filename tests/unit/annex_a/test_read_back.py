"""The generator's own workbook, read and counted: nothing is lost, and counts are its own."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from whatworks import measures, returns
from whatworks.measures.definition import everything
from whatworks.returns.schema import all_tables, plain, spellings
from whatworks.synthetic.annex_a.forms import forms
from whatworks.synthetic.annex_a.workbook import workbook

from ...property import oracle_annex_a as oracle


def meant(drawn):
    """The generator's rows as the oracle takes them: days as dates, words as their codes."""
    tables = {}
    for number, rows in drawn.lists.items():
        form = all_tables("annex_a")[f"List_{number}"]
        tables[form.name] = [{c.name: _meant(c, row[c.name]) for c in form.columns} for row in rows]
    return tables


def _meant(column, cell):
    if cell is None:
        return None
    if column.kind == "date":
        return date.fromordinal(cell)
    if column.kind == "choice":
        return spellings("annex_a")[column.codes][plain(cell)]
    return cell


@pytest.fixture(scope="module")
def read(drawn, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    path = folder / "lists.xlsx"
    sheets = [(form, drawn.rows[number]) for number, form in forms().items()]
    path.write_bytes(workbook(sheets, day=drawn.day, notice="Invented."))
    store = returns.Store.open(folder / "store", create=True, synthetic=True)
    day = date.fromordinal(drawn.day)
    kept = returns.load(path, store=store, council=drawn.council, collection="annex_a", as_at=day)
    return store, kept


def test_every_row_is_read_and_no_cell_is_in_doubt(read, drawn):
    store, kept = read
    assert kept.n_problems == 0
    assert kept.year == drawn.year
    assert {note.code for note in kept.notes} == {"sheet"}
    assert dict(kept.n_rows) == {f"List_{n}": len(rows) for n, rows in drawn.rows.items()}
    flags = [
        frame.select(pl.col("^.*__unreadable$").any()).row(0)
        for frame in store.tables(kept).values()
    ]
    assert not any(any(row) for row in flags)


def test_every_measure_comes_to_what_the_lists_hold(read, drawn):
    store, _ = read
    mine = [m.name for m in everything().values() if m.collection == "annex_a"]
    found = {
        row["measure"]: (row["numerator"], row["denominator"], row["left_out"])
        for row in measures.run(store, mine, council=drawn.council).iter_rows(named=True)
    }
    assert found == oracle.annex_a(meant(drawn), date.fromordinal(drawn.day))
    assert sum(counts[1] > 0 for counts in found.values()) >= len(mine) - 1


def test_groups_add_up_and_children_are_in_them(read, drawn):
    store, _ = read
    for by in ("age_group", "sex", "ethnicity"):
        groups = measures.run(
            store, "looked_after_visited_in_six_weeks", council=drawn.council, by=by
        )
        whole = measures.run(store, "looked_after_visited_in_six_weeks", council=drawn.council)
        assert groups["denominator"].sum() == whole["denominator"][0]
        unknown = groups.filter(pl.col(by) == "Not known")["denominator"].sum()
        assert unknown < whole["denominator"][0] / 4
