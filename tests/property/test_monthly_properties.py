"""Every measure of a monthly input equals the slow count, whatever muddle is in the tables."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.journeys.monthly import Snapshot
from whatworks.journeys.monthly_annex_a import annex_a_from
from whatworks.journeys.monthly_ssd import ssd_from
from whatworks.measures.counting import count
from whatworks.measures.definition import everything
from whatworks.returns.schema import all_tables
from whatworks.returns.typing import type_tables

from . import oracle_annex_a, oracle_ssd
from .monthly_rows import BAD, FORMS, months_back

DAYS = (date(2025, 3, 31), date(2024, 2, 29), date(2025, 9, 30), date(2024, 8, 15))
CHILDREN = ["A", "B", "C", "D", None]
CHOICES = {
    "Case Status": {
        "CIN": "Child in need plan",
        "c) child in need plan": "Child in need plan",
        "CPP": "Child Protection plan",
        "Closed": "Closed episode",
        "x": BAD,
    },
    "Was the Child Seen Alone?": {"Y": "Yes", "b) No": "No", "Unknown": "Unknown", "x": BAD},
    "Was the child offered a Return Interview after their last missing episode (Y/N)?": {
        "a) Yes": "Yes",
        "N": "No",
        "x": BAD,
    },
    "Eligibility Category": {
        "Relevant": "Relevant",
        "b) Former relevant child": "Former relevant",
        "Q": "Qualifying",
        "x": BAD,
    },
    "LA in Touch": {"Yes": "In touch", "c) Died": "Exclude", "No": "Not in touch"},
}
NUMBERS = {"1": 1, "0": 0, "2.0": 2, "x": BAD}
TEXTS = {
    "Allocated Worker": ["W1", "W2"],
    "Family identifier": ["F1", "F2"],
    "clae_cla_episode_start_reason": ["S", "P"],
    "clae_cla_placement_id": ["P1", "P2", "P3"],
    "clap_cla_placement_postcode": ["AB1 2CD", "ab12cd", "ZZ9 9ZZ", "-"],
    "invo_professional_id": ["W1", "W2", "W3", "W4"],
    "voch_plan_safe": ["Y"],
    "fami_family_id": ["F1", "F2"],
    "moth_person_id": ["M1", "M2", "A"],
    "clap_cla_placement_id": ["P1", "P2", "P3"],
}
KEYS = {
    "List_11": "Individual adopter identifier",
    "ssd_person": "pers_person_id",
    "ssd_cla_episodes": "clae_person_id",
    "ssd_family": "fami_person_id",
    "ssd_mother": "moth_childs_person_id",
    "ssd_early_help_episodes": "earl_person_id",
    "ssd_cin_episodes": "cine_person_id",
    "ssd_involvements": "invo_person_id",
    "ssd_cp_plans": "cppl_person_id",
    "ssd_voice_of_child": "voch_person_id",
    **{f"List_{n}": "Child Unique ID" for n in range(1, 11)},
}
READ = {
    "annex_a": {
        "List_1": ["Date of Contact"],
        "List_3": ["Date of referral"],
        "List_6": [
            "CIN Start Date",
            "Date Child Was Last Seen",
            "CIN Closure Date",
            "Case Status",
            "Allocated Worker",
        ],
        "List_7": [
            "Child Protection Plan Start Date",
            "Date of the Last Statutory Visit",
            "Was the Child Seen Alone?",
            "Child Protection Plan End Date",
            "Allocated Worker",
        ],
        "List_8": [
            "Date of Birth",
            "Date Started to be Looked After",
            "Date of Last Social Work Visit",
            "Date of Last Health Assessment",
            "Date of Last Dental Check",
            "Date Ceased to be Looked After",
            "Number of Episodes the Child has been 'Missing' from their Placement in the "
            "last 12 months",
            "Was the child offered a Return Interview after their last missing episode (Y/N)?",
            "Allocated Worker",
        ],
        "List_9": [
            "Eligibility Category",
            "LA in Touch",
            "Latest Date of Contact",
            "Latest Pathway Plan Review Date",
        ],
        "List_10": [
            "Date of Placement Order",
            "Date of Matching Child and Prospective Adopters",
            "Date Placed for Adoption",
            "Date of Adoption Order",
            "Date of Decision that Child Should No Longer be Placed for Adoption",
        ],
        "List_11": ["Family identifier", "Date Stage 2 started", "Date Stage 2 ended"],
    },
    "ssd": {
        "ssd_person": ["pers_dob"],
        "ssd_cla_episodes": [
            "clae_cla_episode_start_date",
            "clae_cla_episode_start_reason",
            "clae_cla_episode_ceased_date",
            "clae_cla_placement_id",
        ],
        "ssd_cla_placement": [
            "clap_cla_placement_id",
            "clap_person_id",
            "clap_cla_placement_start_date",
            "clap_cla_placement_end_date",
            "clap_cla_placement_postcode",
        ],
        "ssd_family": ["fami_family_id"],
        "ssd_mother": ["moth_person_id"],
        "ssd_early_help_episodes": ["earl_episode_end_date"],
        "ssd_cin_episodes": ["cine_referral_date"],
        "ssd_involvements": [
            "invo_professional_id",
            "invo_involvement_start_date",
            "invo_involvement_end_date",
        ],
        "ssd_cp_plans": ["cppl_cp_plan_start_date", "cppl_cp_plan_end_date"],
        "ssd_voice_of_child": ["voch_plan_safe"],
    },
}
MAKERS = {"annex_a": annex_a_from, "ssd": ssd_from}
ORACLES = {"annex_a": oracle_annex_a.annex_a, "ssd": oracle_ssd.ssd}
NEAR = (0, 1, 6, 7, 8, 27, 28, 29, 41, 42, 43, 55, 56, 57, 120, 121, 122, 364, 365, 366, -1, -40)


def dates(as_at: date) -> st.SearchStrategy[date]:
    """Days at the edges of every span that is asked of the day, and others."""
    spans = [months_back(as_at, months) for months in (4, 6, 12, 18, 60)]
    edges = [day + timedelta(days=n) for day in spans for n in (-1, 0, 1)]
    edges += [as_at - timedelta(days=n) for n in NEAR]
    return st.one_of(
        st.sampled_from(sorted(set(edges))),
        st.dates(as_at - timedelta(days=2500), as_at + timedelta(days=30)),
    )


def cells(collection: str, table: str, column: str, as_at: date) -> st.SearchStrategy:
    """(text as sent, what it means) for one column."""
    if column == KEYS.get(table) or column == "clap_person_id":
        return st.sampled_from([(child, child) for child in CHILDREN])
    if column in CHOICES:
        return st.sampled_from([(None, None), *CHOICES[column].items()])
    if column.startswith("Number"):
        return st.sampled_from([(None, None), *NUMBERS.items()])
    if column in TEXTS:
        return st.sampled_from([(None, None), *((text, text) for text in TEXTS[column])])
    form = all_tables(collection)[table].column(column)
    assert form.kind == "date", column
    written = "%d/%m/%Y" if collection == "annex_a" else "%Y-%m-%d"
    day = dates(as_at).map(lambda one: (one.strftime(written), one))
    return st.one_of(day, day, day, st.sampled_from([(None, None), ("31/02/2025", BAD)]))


@st.composite
def muddled(draw, collection):
    """A day, text tables, and the same as the oracle takes them."""
    as_at = draw(st.sampled_from(DAYS))
    texts, meant = {}, {}
    for table, read in READ[collection].items():
        key = KEYS.get(table)
        names = [*([key] if key else []), *read]
        row = st.tuples(*(cells(collection, table, name, as_at) for name in names))
        rows = draw(st.lists(row, max_size=6))
        rows += draw(st.lists(st.sampled_from(rows), max_size=2)) if rows else []
        texts[table] = pl.DataFrame(
            [[cell[0] for cell in one] for one in rows],
            schema=dict.fromkeys(names, pl.String),
            orient="row",
        )
        meant[table] = [
            {name: cell[1] for name, cell in zip(names, one, strict=True)} for one in rows
        ]
    return as_at, texts, meant


def counted(collection, as_at, texts):
    year = as_at.year + (as_at.month > 3)
    typed, _, _ = type_tables(texts, collection=collection, year=year)
    made = MAKERS[collection]("301", [Snapshot(year, as_at, "s", typed)])
    assert not {g for gaps in made.gaps.values() for g in gaps} & {
        need for m in everything().values() if m.collection == collection for need in m.needs
    }
    return {
        row["measure"]: (row["numerator"], row["denominator"], row["left_out"])
        for row in count(made, year=year).iter_rows(named=True)
    }


@pytest.mark.parametrize("collection", ["annex_a", "ssd"])
def test_every_measure_of_a_collection_has_its_oracle(collection):
    mine = {m.name for m in everything().values() if m.collection == collection}
    assert set(ORACLES[collection]({}, DAYS[0])) == mine


@settings(max_examples=40, deadline=None)
@given(muddled("annex_a"))
def test_lists_count_as_the_slow_count_does(drawn):
    as_at, texts, meant = drawn
    assert counted("annex_a", as_at, texts) == oracle_annex_a.annex_a(meant, as_at)


@settings(max_examples=40, deadline=None)
@given(muddled("ssd"))
def test_the_dataset_counts_as_the_slow_count_does(drawn):
    as_at, texts, meant = drawn
    assert counted("ssd", as_at, texts) == oracle_ssd.ssd(meant, as_at)


@settings(max_examples=10, deadline=None)
@given(
    st.sampled_from(["annex_a", "ssd"]).flatmap(
        lambda c: st.tuples(st.just(c), muddled(c), st.randoms(use_true_random=False))
    )
)
def test_the_order_of_rows_and_columns_changes_nothing(drawn):
    collection, (as_at, texts, _), chance = drawn
    shuffled = {}
    for name in chance.sample(sorted(texts), len(texts)):
        frame = texts[name]
        order = chance.sample(range(frame.height), frame.height)
        names = chance.sample(frame.columns, frame.width)
        shuffled[name] = frame[order].select(names) if order else frame.select(names)
    assert counted(collection, as_at, shuffled) == counted(collection, as_at, texts)


def test_the_oracle_reads_the_same_form():
    assert FORMS["annex_a"]["List_1"][0] == "Child Unique ID"
    assert len(FORMS["annex_a"]) == 11
