"""Rules on the census header and on who the children are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from narwhals import Expr

from whatworks.returns.period import period_of
from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, not_one_of
from whatworks.returns.rules.model import UNCONFIRMED, Setting, between, since
from whatworks.returns.rules.register import rule, table_rule
from whatworks.tables import any_of, col, collect, lit, when

census = partial(rule, collection="cin", view="census")
child = partial(rule, collection="cin", view="child")
characteristics = partial(rule, collection="cin", view="characteristics")
disability = partial(rule, collection="cin", view="disability")

LAST_YEAR_OF_GENDER = 2024
"""Sex has been asked for as M, F or U since 2025, in a field of its own."""


@census(
    "100",
    reads=["ReferenceDate", "Year"],
    optional=["Year"],
    validity=True,
    remedy="Enter 31 March of the census year as the reference date.",
    examples=[
        example(
            "Another day, and none",
            year=2025,
            Header="""
              ReferenceDate
              2025-03-31
            > 2025-04-01
            > 2024-03-31
            > -
            """,
        ),
        example(
            "The census names another year than the one it is checked as",
            year=2025,
            Header="""
              Year ReferenceDate
              2024 2024-03-31
            > 2024 2025-03-31
              2025 2025-03-31
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="The year is that which the census names, else the one it is checked as.",
)
def reference_date_is_not_the_years_last_day(now: Setting) -> Expr:
    """The reference date is not 31 March of the census year."""
    named, last = col("NAMED_YEAR_END"), lit(period_of("cin", now.year)[1])
    expected = when(named.is_null()).then(last).otherwise(named)
    other = given("ReferenceDate") & (col("ReferenceDate") != expected)
    return any_of(blank("ReferenceDate"), other)


@child(
    "8500",
    reads=["LAchildID"],
    validity=True,
    remedy="Enter the council's own number for the child.",
    examples=[
        example(
            "No number",
            ChildIdentifiers="""
              LAchildID UPNunknown
              A         UN1
            > -         UN1
            """,
        ),
    ],
)
def child_has_no_number() -> Expr:
    """The council's own number for the child is blank."""
    return blank("LAchildID")


@child(
    "8510",
    reads=["LAchildID"],
    remedy="Put the child's records together, or correct the number.",
    examples=[
        example(
            "One number for two records; records without a number are for rule 8500",
            ChildIdentifiers="""
              LAchildID UPNunknown
            > A         UN1
              B         UN1
            > A         UN2
              -         UN1
              -         UN1
            """,
        ),
    ],
)
def number_used_twice() -> Expr:
    """More than one child has the same number."""
    return col("TIMES") > 1


@child(
    "1520",
    reads=["UPN"],
    remedy="Correct the pupil numbers so that each belongs to one child.",
    examples=[
        example(
            "One pupil number for two children",
            ChildIdentifiers="""
              LAchildID UPN
            > A         A123456789012
              B         B123456789012
            > C         A123456789012
              D         -
              E         -
            """,
        ),
    ],
)
def pupil_number_used_twice() -> Expr:
    """More than one child has the same unique pupil number."""
    return col("UPN_TIMES") > 1


@child(
    "8520",
    reads=["PersonBirthDate"],
    remedy="Correct the date of birth, or enter an expected one for an unborn child.",
    examples=[
        example(
            "Born after the census year",
            year=2025,
            ChildIdentifiers="""
              LAchildID PersonBirthDate ExpectedPersonBirthDate
              A         2025-03-31      -
            > B         2025-04-01      -
              C         -               2025-06-01
            """,
        ),
    ],
)
def born_after_the_year() -> Expr:
    """The child was born after the last day that the census covers."""
    return col("PersonBirthDate") > col("YEAR_END")


@child(
    "8525Q",
    reads=["PersonBirthDate", "ExpectedPersonBirthDate"],
    severity="query",
    remedy="Enter the date of birth or, for an unborn child, the expected one; not both.",
    examples=[
        example(
            "Both, and neither",
            ChildIdentifiers="""
              LAchildID PersonBirthDate ExpectedPersonBirthDate
              A         2020-06-01      -
              B         -               2025-06-01
            > C         2020-06-01      2020-06-01
            > D         -               -
            """,
        ),
    ],
)
def birth_dates_both_or_neither() -> Expr:
    """The child has both a date of birth and an expected one, or neither."""
    return given("PersonBirthDate") == given("ExpectedPersonBirthDate")


_SEX = "Enter the child's sex with a code of this year's list."


@child(
    "4180",
    reads=["GenderCurrent"],
    validity=True,
    years=between(2017, LAST_YEAR_OF_GENDER),
    remedy=_SEX,
    examples=[
        example(
            "Numbers until 2024",
            year=2024,
            ChildIdentifiers="""
              LAchildID GenderCurrent
              A         1
              B         0
            > C         M
            > D         -
            """,
        ),
    ],
)
def gender_is_not_a_code(now: Setting) -> Expr:
    """The child's sex is blank, or not one of the codes."""
    return not_one_of("GenderCurrent", now.codes("GenderCurrent"))


@child(
    "4180",
    reads=["Sex"],
    validity=True,
    years=since(LAST_YEAR_OF_GENDER + 1),
    remedy=_SEX,
    examples=[
        example(
            "Letters from 2025",
            year=2025,
            ChildIdentifiers="""
              LAchildID Sex
              A         M
              B         U
            > C         1
            > D         -
            """,
        ),
    ],
)
def sex_is_not_a_code(now: Setting) -> Expr:
    """The child's sex is blank, or not one of the codes."""
    return not_one_of("Sex", now.codes("Sex"))


_UNBORN = "Enter the code for not known, or the date of birth if the child has been born."


@child(
    "8750",
    reads=["PersonBirthDate", "ExpectedPersonBirthDate", "GenderCurrent"],
    years=between(2017, LAST_YEAR_OF_GENDER),
    remedy=_UNBORN,
    examples=[
        example(
            "An unborn child",
            year=2024,
            ChildIdentifiers="""
              LAchildID PersonBirthDate ExpectedPersonBirthDate GenderCurrent
            > A         -               2024-06-01              1
            > B         -               2024-06-01              -
              C         -               2024-06-01              0
              D         2020-06-01      -                       1
            """,
        ),
    ],
)
def unborn_child_has_a_gender() -> Expr:
    """The child is not yet born, but the sex is not given as not known."""
    unborn = blank("PersonBirthDate") & given("ExpectedPersonBirthDate")
    return unborn & not_one_of("GenderCurrent", ["0"])


@child(
    "8750",
    reads=["PersonBirthDate", "ExpectedPersonBirthDate", "Sex"],
    years=since(LAST_YEAR_OF_GENDER + 1),
    remedy=_UNBORN,
    examples=[
        example(
            "An unborn child",
            year=2025,
            ChildIdentifiers="""
              LAchildID PersonBirthDate ExpectedPersonBirthDate Sex
            > A         -               2025-06-01              F
              B         -               2025-06-01              U
              C         2020-06-01      -                       F
            """,
        ),
    ],
)
def unborn_child_has_a_sex() -> Expr:
    """The child is not yet born, but the sex is not given as not known."""
    unborn = blank("PersonBirthDate") & given("ExpectedPersonBirthDate")
    return unborn & not_one_of("Sex", ["U"])


@characteristics(
    "4220",
    reads=["Ethnicity"],
    validity=True,
    remedy="Enter an ethnic background code; NOBT if it is not yet known, REFU if it was refused.",
    examples=[
        example(
            "A code that is not in the list, and none",
            ChildCharacteristics="""
              LAchildID Ethnicity
              A         WBRI
            > B         WHITE
            > C         -
            """,
        ),
    ],
)
def ethnic_background_is_not_a_code(now: Setting) -> Expr:
    """The child's ethnic background is blank, or not one of the codes."""
    return not_one_of("Ethnicity", now.codes("Ethnicity"))


@disability(
    "8794",
    reads=["LAchildID", "Disability"],
    remedy="Leave each disability of the child once.",
    examples=[
        example(
            "The same disability twice",
            Disabilities="""
              LAchildID Disability
            > A         LD
              A         AUT
            > A         LD
              B         LD
            """,
        ),
    ],
)
def disability_given_twice() -> Expr:
    """The child has the same disability more than once."""
    return col("TIMES") > 1


@table_rule(
    "8590",
    collection="cin",
    reads=["ChildIdentifiers.LAchildID", "CINdetails.LAchildID"],
    reports={"ChildIdentifiers": ["LAchildID"]},
    remedy="Add the child's case, or take the child out of the census.",
    examples=[
        example(
            "A child of whom nothing else is said",
            ChildIdentifiers="""
              LAchildID
              A
            > B
            """,
            CINdetails="""
              LAchildID CINdetailsID
              A         1
              A         2
            """,
        ),
    ],
)
def child_without_a_case(tables: Mapping[str, Any], now: Setting) -> Any:
    """The child has no case."""
    children = tables["ChildIdentifiers"].select("LAchildID")
    cases = tables["CINdetails"].select("LAchildID")
    without = children.join(cases, on="LAchildID", how="anti")
    if collect(cases.filter(blank("LAchildID"))).is_empty():
        return without
    return without.filter(given("LAchildID"))  # a child without a number may have such a case
