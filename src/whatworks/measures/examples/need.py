"""Worked examples of the measures of need, written as small tables of CIN censuses."""

from __future__ import annotations

from whatworks.measures.examples.model import MeasureExample

EXAMPLES: tuple[MeasureExample, ...] = (
    MeasureExample(
        "re_referrals_within_12_months",
        "Twelve months back from each referral, over the census of the year before",
        2024,
        referrals={
            2023: """
    child  referred    nfa  closed
    Ada    2022-06-10  1    .
    Bo     2022-06-10  0    2022-09-01
    Cy     2022-12-01  0    .
    Ed     2023-03-20  0    2023-03-31
    """,
            2024: """
    child  referred    nfa  closed
    Ada    2023-06-10  0    .
    Bo     2023-06-11  0    2023-09-01
    Cy     2022-12-01  0    2023-08-01
    Di     2023-05-01  1    .
    Di     2024-02-01  0    .
    Ed     2023-04-10  0    2023-08-01
    Ed     2023-04-10  0    2023-08-01
    Flo    .           0    .
    """,
        },
        numerator=3,
        denominator=5,
        why=(
            "Ada was referred again on the last day that counts; that nothing further was done "
            "the first time does not matter.",
            "Bo was referred one day too late to count as again.",
            "Cy’s case was still open, so both censuses list it: one referral, of the year before.",
            "Di was referred twice in the year. The first was no referral again, the second was.",
            "Ed was referred again, and that referral stands twice in the census: it counts once.",
            "The day of Flo’s referral is blank, so it belongs to no year. Such rows are counted "
            "among those set aside before anything is counted.",
        ),
    ),
    MeasureExample(
        "repeat_protection_plans",
        "As the census says how many plans there had been",
        2024,
        plans={
            2024: """
    child  began       ended       plans_before
    Ada    2023-05-01  .           0
    Bo     2023-05-01  2023-08-01  0
    Bo     2024-01-10  .           1
    Cy     2023-03-31  2023-09-01  2
    Di     2024-03-31  .           3
    Ed     2023-05-01  .           .
    """
        },
        numerator=2,
        denominator=4,
        left_out=1,
        why=(
            "Ada’s plan is a first one.",
            "Bo had two plans in the year, the second after one before: two plans, one of them "
            "repeated.",
            "Cy’s plan began the day before the year did, so it is of the year before.",
            "Di’s began on the last day of the year and counts, with three before it.",
            "How many Ed had had is blank: left out, and that is said beside the figure.",
        ),
    ),
)
