"""Rules on who the children are: the Header table."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, not_one_of, one_of, unknown_code
from whatworks.returns.rules.model import UNCONFIRMED, Setting, since
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, birthday, col, unreadable

header = partial(rule, collection="ssda903", view="header")

MALE, FEMALE = ("1", "M"), ("2", "F")
"""Written as numbers until 2024 and as letters since."""


def _recorded_as(codes: tuple[str, ...], now: Setting) -> Expr:
    """True where the sex is given with that of these codes which the year takes."""
    return one_of("SEX", [code for code in codes if code in now.codes("SEX")])


@header(
    "101",
    reads=["SEX"],
    validity=True,
    remedy="Enter the child's sex with a code of this year's list.",
    examples=[
        example(
            "Letters from 2025",
            year=2025,
            Header="""
              CHILD SEX
              A     F
              B     U
            > C     1
            > D     -
            """,
        ),
        example(
            "Numbers until 2024",
            year=2024,
            Header="""
              CHILD SEX
              A     1
            > B     F
            """,
        ),
    ],
)
def sex_is_not_a_code(now: Setting) -> Expr:
    """The child's sex is blank, or not one of the codes in use this year."""
    return not_one_of("SEX", now.codes("SEX"))


@header(
    "102",
    reads=["DOB"],
    validity=True,
    remedy="Enter the date of birth as day/month/year.",
    examples=[
        example(
            "There is no 30 February",
            Header="""
              CHILD DOB
              A     2012-02-29
            > B     30/02/2012
            > C     -
            """,
        ),
    ],
)
def birth_date_is_not_a_date() -> Expr:
    """The child's date of birth is blank, or is not a date."""
    return blank("DOB")


@header(
    "103",
    reads=["ETHNIC"],
    validity=True,
    remedy="Enter an ethnic background code; NOBT if it is not yet known, REFU if it was refused.",
    examples=[
        example(
            "A code that is not in the list, and none",
            Header="""
              CHILD ETHNIC
              A     WBRI
              B     REFU
            > C     WHITE
            > D     -
            """,
        ),
    ],
)
def ethnic_background_is_not_a_code(now: Setting) -> Expr:
    """The child's ethnic background is blank, or not one of the codes."""
    return not_one_of("ETHNIC", now.codes("ETHNIC"))


@header(
    "171",
    reads=["MC_DOB"],
    validity=True,
    remedy="Enter the baby's date of birth as day/month/year, or leave it blank.",
    examples=[
        example(
            "Blank is fine; text is not",
            Header="""
              CHILD MC_DOB
              A     2024-06-01
              B     -
            > C     June
            """,
        ),
    ],
)
def babys_birth_date_is_not_a_date() -> Expr:
    """The date of birth given for a looked-after mother's baby is not a date."""
    return unreadable("MC_DOB")


@header(
    "174",
    reads=["SEX", "MC_DOB"],
    validity=True,
    remedy="Correct the sex, or take out the baby's date of birth.",
    examples=[
        example(
            "A boy with a baby's date of birth",
            year=2025,
            Header="""
              CHILD SEX MC_DOB
            > A     M   2024-06-01
              B     M   -
              C     F   2024-06-01
              D     1   2024-06-01
            > G     M   2024-06-31
            """,
        ),
        example(
            "Numbers until 2024; another year's code says nothing",
            year=2024,
            Header="""
              CHILD SEX MC_DOB
            > A     1   2023-06-01
              B     M   2023-06-01
            """,
        ),
    ],
)
def boy_has_a_babys_birth_date(now: Setting) -> Expr:
    """A child recorded as male has the date of birth, readable or not, that belongs to a mother's
    baby."""
    return _recorded_as(MALE, now) & _baby_has_a_birth_date()


def _baby_has_a_birth_date() -> Expr:
    """True where the cell holds anything, a date or not."""
    return any_of(given("MC_DOB"), unreadable("MC_DOB"))


@header(
    "232",
    reads=["SEX"],
    severity="query",
    years=since(2025),
    note="Seen listed for the collection years 2025 to 2027.",
    remedy="Enter M or F if the child's sex is known.",
    examples=[
        example(
            "Not known",
            year=2025,
            Header="""
              CHILD SEX
            > A     U
              B     M
            > C     u
            """,
        ),
    ],
)
def sex_is_not_known() -> Expr:
    """The child's sex is recorded as not known."""
    return one_of("SEX", ["U", "u"])


@header(
    "301",
    reads=["DOB"],
    remedy="Correct the date of birth, or leave the child out of this year's return.",
    examples=[
        example(
            "Born after the year's last day",
            year=2025,
            Header="""
              CHILD DOB
              A     2025-03-31
            > B     2025-04-01
              C     -
            """,
        ),
    ],
)
def born_after_the_year() -> Expr:
    """The child was born after the last day that the return covers."""
    return col("DOB") > col("YEAR_END")


@header(
    "351",
    reads=["DOB"],
    confidence=UNCONFIRMED,
    note=(
        "Over 25 is taken to mean: a 25th birthday before the year began. A birthday on its first "
        "day passes. Seen so in practice."
    ),
    remedy="Correct the date of birth, or leave the person out of this year's return.",
    examples=[
        example(
            "The 25th birthday fell before the year, on its first day, or within it",
            year=2025,
            Header="""
              CHILD DOB
            > A     1999-03-31
              B     1999-04-01
              C     2000-01-01
            """,
        ),
    ],
)
def older_than_25_at_the_start() -> Expr:
    """The person had passed a 25th birthday before the first day that the return covers."""
    return birthday("DOB", 25) < col("YEAR_START")


@header(
    "611",
    reads=["MOTHER", "MC_DOB"],
    remedy="Enter the baby's date of birth, or correct whether the child is a mother.",
    examples=[
        example(
            "A mother whose baby has no date of birth",
            Header="""
              CHILD MOTHER MC_DOB
            > A     1      -
              B     1      2024-06-01
              C     0      -
            """,
        ),
    ],
)
def mother_without_a_babys_birth_date() -> Expr:
    """The child is recorded as a mother, but her baby has no date of birth."""
    return one_of("MOTHER", ["1"]) & blank("MC_DOB")


@header(
    "612",
    reads=["SEX", "MOTHER", "MC_DOB"],
    validity=True,
    remedy="Record the child as a mother, or take out the baby's date of birth.",
    examples=[
        example(
            "A baby's date of birth for a girl who is not recorded as a mother",
            year=2025,
            Header="""
              CHILD SEX MOTHER MC_DOB
            > A     F   0      2024-06-01
            > B     F   -      2024-06-01
              C     F   1      2024-06-01
              D     M   0      2024-06-01
              E     2   0      2024-06-01
            > G     F   0      2024-06-31
            """,
        ),
        example(
            "Numbers until 2024; another year's code says nothing",
            year=2024,
            Header="""
              CHILD SEX MOTHER MC_DOB
            > A     2   0      2023-06-01
              B     F   0      2023-06-01
            """,
        ),
    ],
)
def babys_birth_date_but_not_a_mother(now: Setting) -> Expr:
    """A girl has a baby's date of birth, readable or not, but is not recorded as a mother."""
    not_a_mother = any_of(blank("MOTHER"), one_of("MOTHER", ["0"]))
    return _recorded_as(FEMALE, now) & not_a_mother & _baby_has_a_birth_date()


@header(
    "620",
    reads=["DOB", "MOTHER"],
    remedy="Check the date of birth and whether the child is a mother.",
    examples=[
        example(
            "A mother who was not yet 11 when the year began",
            year=2025,
            Header="""
              CHILD DOB        MOTHER
            > A     2013-04-02 1
              B     2013-04-01 1
              C     2013-04-02 0
            """,
        ),
    ],
)
def mother_younger_than_11() -> Expr:
    """The child is recorded as a mother, but was not yet 11 when the year began."""
    return one_of("MOTHER", ["1"]) & (birthday("DOB", 11) > col("YEAR_START"))


@header(
    "621",
    reads=["DOB", "MC_DOB"],
    remedy="Correct whichever of the two dates of birth is wrong.",
    examples=[
        example(
            "A baby born before, or on the same day as, the mother",
            Header="""
              CHILD DOB        MC_DOB
            > A     2008-05-01 2008-05-01
            > B     2008-05-01 2007-05-01
              C     2008-05-01 2024-05-01
              D     2008-05-01 -
            """,
        ),
    ],
)
def baby_not_younger_than_mother() -> Expr:
    """The mother was born no earlier than her baby."""
    return col("MC_DOB") <= col("DOB")


@header(
    "105",
    reads=["UASC"],
    validity=True,
    remedy="Enter 1 if the child was an unaccompanied asylum-seeking child in the year, else 0.",
    examples=[
        example(
            "Neither yes nor no",
            Header="""
              CHILD UASC
              A     1
              B     0
            > C     Y
            > D     -
            """,
        ),
    ],
)
def asylum_status_is_not_a_code(now: Setting) -> Expr:
    """Whether the child is an unaccompanied asylum-seeking child is blank, or not a code."""
    return any_of(blank("UASC"), unknown_code("UASC", now.codes("UASC")))
