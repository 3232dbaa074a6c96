"""Rules on child protection plans and their reviews."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, not_one_of
from whatworks.returns.rules.model import UNCONFIRMED, Setting
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, col, unreadable

plan = partial(rule, collection="cin", view="protection_plan")
plan_pair = partial(rule, collection="cin", view="protection_plan_pair")
review = partial(rule, collection="cin", view="review")

CASE_READS = ["LAchildID", "CINdetailsID", "CINdetails.LAchildID", "CINdetails.CINdetailsID"]
CASE_NUMBERS = ["CINdetailsID", "CINdetails.CINdetailsID"]
CHILD_READS = ["LAchildID", "ChildIdentifiers.LAchildID", "ChildIdentifiers.PersonDeathDate"]
_DIED = {"ChildProtectionPlans": "ROW", "ChildIdentifiers": "CHILD_ROW"}


@plan(
    "1105",
    reads=[*CASE_READS, "CPPstartDate", "CINdetails.CINreferralDate"],
    optional=CASE_NUMBERS,
    reports={"ChildProtectionPlans": "ROW", "CINdetails": "CASE_ROW"},
    remedy="Correct the day the plan began or the day of the referral.",
    examples=[
        example(
            "The day before the referral, and on it",
            CINdetails="""
              LAchildID CINdetailsID CINreferralDate
            > A         1            2024-06-01
              B         2            2024-06-01
            """,
            ChildProtectionPlans="""
              LAchildID CINdetailsID CPPID CPPstartDate
            > A         1            1     2024-05-31
              B         2            2     2024-06-01
            """,
        ),
    ],
)
def begins_before_the_referral() -> Expr:
    """The plan began before the referral of its case."""
    return col("CPPstartDate") < col("CASE_CINreferralDate")


@plan(
    "8720",
    reads=["CPPID", "CPPstartDate"],
    optional=["CPPID"],
    validity=True,
    remedy="Enter the day the plan began, no later than the census year's last day.",
    examples=[
        example(
            "After the year, no such day, and no day",
            year=2025,
            ChildProtectionPlans="""
              LAchildID CPPID CPPstartDate
              A         1     2025-03-31
            > B         2     2025-04-01
            > C         3     2025-02-30
            > D         4     -
              E         -     -
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="A record without a plan's number is taken for no plan, unless no plan has a number.",
)
def start_is_missing_or_after_the_year() -> Expr:
    """The day the plan began is blank, is not a date, or is after the last day that the census
    covers."""
    late = given("CPPstartDate") & (col("CPPstartDate") > col("YEAR_END"))
    return col("NUMBERED") & any_of(blank("CPPstartDate"), late)


@plan(
    "8730",
    reads=["NumberOfPreviousCPP"],
    validity=True,
    remedy="Enter how many plans the child had before; 0 if none.",
    examples=[
        example(
            "No number, a word, and less than none",
            ChildProtectionPlans="""
              LAchildID CPPID NumberOfPreviousCPP
              A         1     0
              B         2     3
            > C         3     -
            > D         4     two
            > E         5     -1
            """,
        ),
    ],
)
def number_of_earlier_plans_is_missing() -> Expr:
    """The number of plans that the child had before is blank, or is not a whole number from 0."""
    wrong = given("NumberOfPreviousCPP") & (col("NumberOfPreviousCPP") < 0)
    return any_of(blank("NumberOfPreviousCPP"), wrong)


@plan(
    "8840",
    reads=["CPPstartDate", "CPPendDate"],
    remedy="Correct the two days, or take the plan out.",
    examples=[
        example(
            "Begun and ended on one day",
            ChildProtectionPlans="""
              LAchildID CPPID CPPstartDate CPPendDate
            > A         1     2024-06-01   2024-06-01
              B         2     2024-06-01   2024-06-02
              C         3     -            -
            """,
        ),
    ],
)
def begins_and_ends_on_one_day() -> Expr:
    """The plan began and ended on the same day."""
    return col("CPPstartDate") == col("CPPendDate")


def _category(number: str, column: str, sentence: str) -> None:
    """Register a rule that a kind of abuse is given with a code of the list."""

    def judge(now: Setting) -> Expr:
        return not_one_of(column, now.codes(column))

    judge.__doc__ = sentence
    plan(
        number,
        reads=[column],
        validity=True,
        remedy="Enter the kind of abuse with a code of the list.",
        examples=[
            example(
                "Not in the list, and blank",
                ChildProtectionPlans=f"""
                  LAchildID CPPID {column}
                  A         1     NEG
                > B         2     BAD
                > C         3     -
                """,
            ),
        ],
    )(judge)


_category(
    "8905",
    "InitialCategoryOfAbuse",
    "The kind of abuse at the plan's beginning is blank, or not one of the codes.",
)
_category(
    "8910",
    "LatestCategoryOfAbuse",
    "The latest kind of abuse is blank, or not one of the codes.",
)


@plan(
    "8915",
    reads=[*CHILD_READS, "CPPstartDate"],
    reports=_DIED,
    remedy="Correct the day the plan began or the day the child died.",
    examples=[
        example(
            "Begun the day after, and on the day",
            ChildIdentifiers="""
              LAchildID PersonDeathDate
            > A         2024-06-01
              B         2024-06-02
              C         -
            """,
            ChildProtectionPlans="""
              LAchildID CPPID CPPstartDate
            > A         1     2024-06-02
              B         2     2024-06-02
              C         3     2024-06-02
            """,
        ),
    ],
)
def begins_after_death() -> Expr:
    """The plan began after the child died."""
    return col("CPPstartDate") > col("CHILD_PersonDeathDate")


@plan(
    "8920",
    reads=[*CHILD_READS, "CPPendDate"],
    reports=_DIED,
    remedy="Correct the day the plan ended or the day the child died.",
    examples=[
        example(
            "Ended the day after, and on the day",
            ChildIdentifiers="""
              LAchildID PersonDeathDate
            > A         2024-06-01
              B         2024-06-02
            """,
            ChildProtectionPlans="""
              LAchildID CPPID CPPendDate
            > A         1     2024-06-02
              B         2     2024-06-02
              B         3     -
            """,
        ),
    ],
)
def ends_after_death() -> Expr:
    """The plan ended after the child died."""
    return col("CPPendDate") > col("CHILD_PersonDeathDate")


@plan(
    "8925",
    reads=["CPPstartDate", "CPPendDate"],
    remedy="Correct the day the plan began or the day it ended.",
    examples=[
        example(
            "Ended the day before, and on the same day",
            ChildProtectionPlans="""
              LAchildID CPPID CPPstartDate CPPendDate
            > A         1     2024-06-02   2024-06-01
              B         2     2024-06-01   2024-06-01
              C         3     2024-06-01   -
            """,
        ),
    ],
)
def ends_before_it_begins() -> Expr:
    """The plan ended before it began."""
    return col("CPPendDate") < col("CPPstartDate")


@plan(
    "8930",
    reads=["CPPendDate"],
    remedy="Correct the day the plan ended; it must be in the census year.",
    examples=[
        example(
            "The days around the year",
            year=2025,
            ChildProtectionPlans="""
              LAchildID CPPID CPPendDate
            > A         1     2024-03-31
              B         2     2024-04-01
              C         3     2025-03-31
            > D         4     2025-04-01
              E         5     -
            """,
        ),
    ],
)
def ends_outside_the_year() -> Expr:
    """The plan ended before the first or after the last day that the census covers."""
    return any_of(col("CPPendDate") < col("YEAR_START"), col("CPPendDate") > col("YEAR_END"))


@plan(
    "8935",
    reads=["LAchildID", "CPPendDate"],
    remedy="End every plan of the child but one.",
    examples=[
        example(
            "Two open plans",
            ChildProtectionPlans="""
              LAchildID CPPID CPPendDate
            > A         1     -
            > A         2     -
              A         3     2024-06-01
              B         4     -
            """,
        ),
    ],
)
def more_than_one_open_plan() -> Expr:
    """The child has more than one open child protection plan."""
    return blank("CPPendDate") & (col("OPEN_PLANS") > 1)


@plan_pair(
    "8940",
    reads=["LAchildID", "CPPstartDate", "CPPendDate"],
    reports={"ChildProtectionPlans": ("ROW", "OTHER_ROW")},
    remedy="Correct the days so that one plan has ended before the next begins.",
    examples=[
        example(
            "Begun on the day another ended, or while it was open; both plans are reported",
            year=2025,
            ChildProtectionPlans="""
              LAchildID CPPID CPPstartDate CPPendDate
            > A         1     2024-05-01   2024-06-01
            > A         2     2024-06-01   -
              B         3     2024-05-01   2024-06-01
              B         4     2024-06-02   -
            > C         5     2024-05-01   -
            > C         6     2024-06-02   2024-07-01
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="Taken to count a plan that begins on the day another ends, as both ran on that day.",
)
def plans_overlap() -> Expr:
    """Two child protection plans of the child overlap: one begins while the other is open."""
    began, ended = col("CPPstartDate"), col("OTHER_CPPendDate")
    by_the_end = given("OTHER_CPPendDate") & (began <= ended)
    still_open = blank("OTHER_CPPendDate") & (began <= col("YEAR_END"))
    return any_of(by_the_end, still_open)


@review(
    "8841",
    reads=[
        "LAchildID",
        "CINdetailsID",
        "CPPID",
        "CPPreviewDate",
        "ChildProtectionPlans.LAchildID",
        "ChildProtectionPlans.CINdetailsID",
        "ChildProtectionPlans.CPPID",
        "ChildProtectionPlans.CPPstartDate",
    ],
    optional=[
        "CINdetailsID",
        "CPPID",
        "ChildProtectionPlans.CINdetailsID",
        "ChildProtectionPlans.CPPID",
    ],
    reports={"Reviews": "ROW", "ChildProtectionPlans": "PLAN_ROW"},
    remedy="Correct the day of the review or the day the plan began.",
    examples=[
        example(
            "Reviewed on the day it began, and the day after",
            ChildProtectionPlans="""
              LAchildID CINdetailsID CPPID CPPstartDate
            > A         1            1     2024-06-02
              A         1            2     2024-06-01
            """,
            Reviews="""
              LAchildID CINdetailsID CPPID CPPreviewDate
            > A         1            1     2024-06-02
              A         1            2     2024-06-02
              A         1            2     -
            """,
        ),
    ],
)
def reviewed_before_it_began() -> Expr:
    """The plan was reviewed on or before the day it began."""
    return col("CPPreviewDate") <= col("PLAN_CPPstartDate")


@review(
    "8842Q",
    reads=["CPPreviewDate"],
    severity="query",
    validity=True,
    remedy="Enter the day of the review.",
    examples=[
        example(
            "No day, and no such day",
            Reviews="""
              LAchildID CPPID CPPreviewDate
              A         1     2024-06-28
            > A         1     -
            > A         1     2024-06-31
            """,
        ),
    ],
)
def review_has_no_date() -> Expr:
    """The day of the review is blank, or is not a date."""
    return any_of(blank("CPPreviewDate"), unreadable("CPPreviewDate"))
