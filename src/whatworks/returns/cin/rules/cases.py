"""Rules on cases, from referral to closure: the CINdetails table."""

from __future__ import annotations

from datetime import date
from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, not_one_of, unknown_code
from whatworks.returns.rules.model import UNCONFIRMED, Setting
from whatworks.returns.rules.register import rule
from whatworks.tables import all_of, any_of, col, lit

case = partial(rule, collection="cin", view="case")
case_pair = partial(rule, collection="cin", view="case_pair")

SOURCE_ASKED_SINCE = date(2013, 4, 1)
"""Who made a referral has been asked for referrals from this day."""


@case(
    "8600",
    reads=["CINreferralDate"],
    validity=True,
    remedy="Enter the day of the referral, no later than the census year's last day.",
    examples=[
        example(
            "After the year, no such day, and no day",
            year=2025,
            CINdetails="""
              LAchildID CINdetailsID CINreferralDate
              A         1            2025-03-31
            > A         2            2025-04-01
            > B         3            2025-02-30
            > C         4            -
            """,
        ),
    ],
)
def referral_is_missing_or_after_the_year() -> Expr:
    """The day of the referral is blank, is not a date, or is after the last day that the census
    covers."""
    return any_of(blank("CINreferralDate"), given("CINreferralDate") & _after_the_year())


def _after_the_year() -> Expr:
    return col("CINreferralDate") > col("YEAR_END")


@case(
    "8620",
    reads=["CINclosureDate"],
    remedy="Correct the day the case was closed; it must be in the census year.",
    examples=[
        example(
            "The days around the year",
            year=2025,
            CINdetails="""
              LAchildID CINdetailsID CINclosureDate
            > A         1            2024-03-31
              B         2            2024-04-01
              C         3            2025-03-31
            > D         4            2025-04-01
              E         5            -
            """,
        ),
    ],
)
def closed_outside_the_year() -> Expr:
    """The case was closed before the first or after the last day that the census covers."""
    closed = col("CINclosureDate")
    return any_of(closed < col("YEAR_START"), closed > col("YEAR_END"))


@case(
    "8630",
    reads=["CINreferralDate", "CINclosureDate"],
    remedy="Correct the day of the referral or of the closure.",
    examples=[
        example(
            "Closed the day before, and on the same day",
            CINdetails="""
              LAchildID CINdetailsID CINreferralDate CINclosureDate
            > A         1            2024-06-02      2024-06-01
              B         2            2024-06-01      2024-06-01
              C         3            2024-06-01      -
            """,
        ),
    ],
)
def closed_before_referral() -> Expr:
    """The case was closed before the day of its referral."""
    return col("CINclosureDate") < col("CINreferralDate")


@case(
    "8640",
    reads=["ReasonForClosure"],
    remedy="Enter a reason for closure from this year's list.",
    examples=[
        example(
            "RC9 has been in the list since 2023",
            year=2022,
            CINdetails="""
              LAchildID CINdetailsID ReasonForClosure
              A         1            RC8
            > B         2            RC9
              C         3            -
            """,
        ),
    ],
)
def reason_for_closure_is_not_a_code(now: Setting) -> Expr:
    """The reason for closure is not one of the codes in use this year."""
    return unknown_code("ReasonForClosure", now.codes("ReasonForClosure"))


@case(
    "8650",
    reads=["PrimaryNeedCode"],
    remedy="Enter a primary need from N0 to N9.",
    examples=[
        example(
            "A primary need that is not in the list",
            CINdetails="""
              LAchildID CINdetailsID PrimaryNeedCode
              A         1            N1
            > B         2            N10
              C         3            -
            """,
        ),
    ],
)
def primary_need_is_not_a_code(now: Setting) -> Expr:
    """The primary need is not one of the codes."""
    return unknown_code("PrimaryNeedCode", now.codes("PrimaryNeedCode"))


@case(
    "8568",
    reads=["ReferralNFA"],
    validity=True,
    remedy="Enter 1 if the referral led to no further action, else 0.",
    examples=[
        example(
            "Neither yes nor no",
            CINdetails="""
              LAchildID CINdetailsID ReferralNFA
              A         1            0
              B         2            true
            > C         3            maybe
            > D         4            -
            """,
        ),
    ],
)
def further_action_is_not_yes_or_no() -> Expr:
    """Whether the referral led to no further action is blank, or neither yes nor no."""
    return col("NFA").is_null()


@case(
    "8610",
    reads=["ReferralNFA", "PrimaryNeedCode"],
    remedy="Enter the child's primary need.",
    examples=[
        example(
            "Further action, but no need",
            CINdetails="""
              LAchildID CINdetailsID ReferralNFA PrimaryNeedCode
            > A         1            0           -
              B         2            1           -
              C         3            0           N1
            """,
        ),
    ],
)
def further_action_without_a_need() -> Expr:
    """The referral led to further action, but no primary need is given."""
    return ~col("NFA") & blank("PrimaryNeedCode")


@case(
    "8805",
    reads=["CINclosureDate", "ReasonForClosure"],
    remedy="Enter the reason for closure.",
    examples=[
        example(
            "Closed for no reason",
            CINdetails="""
              LAchildID CINdetailsID CINclosureDate ReasonForClosure
            > A         1            2024-06-01     -
              B         2            2024-06-01     RC1
              C         3            -              -
            """,
        ),
    ],
)
def closed_without_a_reason() -> Expr:
    """The case was closed, but no reason for closure is given."""
    return given("CINclosureDate") & blank("ReasonForClosure")


@case(
    "8810",
    reads=["CINclosureDate", "ReasonForClosure"],
    remedy="Enter the day the case was closed, or take out the reason.",
    examples=[
        example(
            "A reason, but not closed",
            CINdetails="""
              LAchildID CINdetailsID CINclosureDate ReasonForClosure
            > A         1            -              RC1
              B         2            2024-06-01     RC1
              C         3            -              -
            """,
        ),
    ],
)
def reason_without_a_closure() -> Expr:
    """A reason for closure is given, but no day on which the case was closed."""
    return given("ReasonForClosure") & blank("CINclosureDate")


@case(
    "8815",
    reads=["LAchildID", "CINclosureDate", "ReferralNFA"],
    remedy="Close every case of the child but one.",
    examples=[
        example(
            "Two open cases; one with no further action does not count",
            CINdetails="""
              LAchildID CINdetailsID CINclosureDate ReferralNFA
            > A         1            -              0
            > A         2            -              false
              A         3            2024-06-01     0
              A         4            -              1
              B         5            -              0
              B         6            -              1
            """,
        ),
    ],
)
def more_than_one_open_case() -> Expr:
    """The child has more than one case that is open and led to further action."""
    return blank("CINclosureDate") & ~col("NFA") & (col("OPEN_CASES") > 1)


@case_pair(
    "8816",
    reads=["LAchildID", "CINreferralDate", "CINclosureDate", "ReferralNFA"],
    reports={"CINdetails": ("ROW", "OTHER_ROW")},
    remedy="Close the earlier case, or correct the days of referral.",
    examples=[
        example(
            "Open although a later referral was made; the latest is reported too",
            CINdetails="""
              LAchildID CINdetailsID CINreferralDate CINclosureDate ReferralNFA
            > A         1            2024-05-01      -              0
            > A         2            2024-07-01      2024-08-01     0
              A         9            2024-06-01      2024-08-01     0
              B         3            2024-05-01      2024-06-01     0
              B         4            2024-07-01      -              0
              C         5            2024-05-01      -              1
              C         6            2024-07-01      -              0
              D         7            2024-07-01      -              0
              D         8            2024-07-01      2024-08-01     0
            """,
        ),
        example(
            "Of two open cases referred on the latest day, neither is the latest",
            CINdetails="""
              LAchildID CINreferralDate CINclosureDate ReferralNFA
            > A         2024-07-01      -              0
            > A         2024-07-01      -              0
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="The latest case is reported beside each open one that is not.",
)
def open_case_is_not_the_latest() -> Expr:
    """A case that led to further action is open although it is not the child's latest."""
    latest = col("CINreferralDate") == col("LATEST_REFERRAL")
    open_before = all_of(blank("OTHER_CINclosureDate"), given("OTHER_NFA"), ~col("OTHER_NFA"))
    itself_open = all_of(blank("CINclosureDate"), given("NFA"), ~col("NFA"))
    earlier = col("OTHER_CINreferralDate") < col("CINreferralDate")
    return all_of(latest, open_before, any_of(earlier, itself_open))


@case_pair(
    "8820",
    reads=["LAchildID", "CINreferralDate", "CINclosureDate", "ReferralNFA"],
    optional=["ReferralNFA"],
    reports={"CINdetails": ("ROW", "OTHER_ROW")},
    remedy="Correct the days so that one case is closed before the next is begun.",
    examples=[
        example(
            "Referred again while a case was open; both cases are reported",
            year=2025,
            CINdetails="""
              LAchildID CINdetailsID CINreferralDate CINclosureDate ReferralNFA
            > A         1            2024-05-01      2024-07-02     0
            > A         2            2024-07-01      2024-08-01     0
              A         3            2024-08-01      -              0
            > B         4            2024-05-01      -              0
            > B         5            2024-07-01      2024-07-02     0
            """,
        ),
        example(
            "An open referral with no further action overlaps nothing",
            year=2025,
            CINdetails="""
              LAchildID CINdetailsID CINreferralDate CINclosureDate ReferralNFA
              A         1            2024-05-01      -              1
              A         2            2024-07-01      -              0
            """,
        ),
        example(
            "Referred on the census year's last day while a case was open",
            year=2025,
            CINdetails="""
              LAchildID CINreferralDate CINclosureDate
            > A         2024-05-01      -
            > A         2025-03-31      -
              B         2024-05-01      2025-03-31
              B         2025-03-31      -
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="Taken not to count a new referral on the day of a closure, nor an open referral that "
    "led to no further action, which needs no closure.",
)
def cases_overlap() -> Expr:
    """Two cases of the child overlap: one begins while the other is open."""
    began, closed = col("CINreferralDate"), col("OTHER_CINclosureDate")
    before_closure = given("OTHER_CINclosureDate") & (began < closed)
    needs_closure = blank("OTHER_NFA") | ~col("OTHER_NFA")
    still_open = blank("OTHER_CINclosureDate") & needs_closure
    return any_of(before_closure, still_open & (began <= col("YEAR_END")))


@case(
    "8866",
    reads=["CINreferralDate", "ReferralSource"],
    remedy="Enter who made the referral, with a code of this year's list.",
    examples=[
        example(
            "Asked for referrals since April 2013",
            CINdetails="""
              LAchildID CINdetailsID CINreferralDate ReferralSource
            > A         1            2013-04-01      -
            > B         2            2024-06-01      11
              C         3            2024-06-01      1A
              D         4            2013-03-31      -
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="Taken to be asked of referrals since 1 April 2013 only.",
)
def source_is_not_a_code(now: Setting) -> Expr:
    """Who made the referral is blank, or not one of the codes."""
    asked = col("CINreferralDate") >= lit(SOURCE_ASKED_SINCE)
    return asked & not_one_of("ReferralSource", now.codes("ReferralSource"))
