"""Rules on single cells of an episode: can they be read, and are they codes of the year?"""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import given, one_of, unknown_code
from whatworks.returns.rules.model import UNCONFIRMED, Setting, between, since
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, is_blank, unreadable

episode = partial(rule, collection="ssda903", view="episode")

WITHOUT_PROVIDER = ("T0", "T1", "T2", "T3", "T4", "Z1")
WITHOUT_PROVIDER_SINCE_2026 = ("T0", "T1", "T2", "T3", "Z11", "Z12", "Z13", "Z14")


@episode(
    "141",
    reads=["DECOM"],
    validity=True,
    remedy="Enter the day the episode began as day/month/year.",
    examples=[
        example(
            "A day that does not exist",
            Episodes="""
              CHILD DECOM
              A     2024-04-30
            > B     31/04/2024
            > C     soon
            """,
        ),
    ],
)
def start_is_not_a_date() -> Expr:
    """What was entered as the day the episode began is not a date."""
    return unreadable("DECOM")


@episode(
    "WW01",
    reads=["DECOM"],
    validity=True,
    note="A rule of our own: no official rule was found that asks for the day at all.",
    remedy="Enter the day the episode began.",
    examples=[
        example(
            "No day at all",
            Episodes="""
              CHILD DECOM
              A     2024-04-30
            > B     -
            """,
        ),
    ],
)
def start_is_blank() -> Expr:
    """The episode has no day on which it began."""
    return is_blank("DECOM", readable=False)


@episode(
    "143",
    reads=["RNE"],
    remedy="Enter a reason for the new episode from the list.",
    examples=[
        example(
            "A letter that is not in the list; a blank is for other rules",
            Episodes="""
              CHILD RNE
              A     S
            > B     Q
              C     -
            """,
        ),
    ],
)
def reason_for_start_is_not_a_code(now: Setting) -> Expr:
    """The reason for the new episode is not one of the codes."""
    return unknown_code("RNE", now.codes("RNE"))


@episode(
    "144",
    reads=["LS"],
    remedy="Enter a legal status from the list.",
    examples=[
        example(
            "A legal status that is not in the list",
            Episodes="""
              CHILD LS
              A     C2
            > B     C9
              C     -
            """,
        ),
    ],
)
def legal_status_is_not_a_code(now: Setting) -> Expr:
    """The legal status is not one of the codes."""
    return unknown_code("LS", now.codes("LS"))


@episode(
    "145",
    reads=["CIN"],
    remedy="Enter a category of need from N1 to N8.",
    examples=[
        example(
            "A category of need that is not in the list",
            Episodes="""
              CHILD CIN
              A     N1
            > B     N9
              C     -
            """,
        ),
    ],
)
def category_of_need_is_not_a_code(now: Setting) -> Expr:
    """The category of need is not one of the codes."""
    return unknown_code("CIN", now.codes("CIN"))


@episode(
    "146",
    reads=["PLACE"],
    confidence=UNCONFIRMED,
    note="K3 is taken to hold from 2025, beside H5 and P2, and Z11 to Z14 to have replaced Z1 in "
    "2026; lists of those years differ.",
    remedy="Enter a placement type from this year's list.",
    examples=[
        example(
            "Supported accommodation has had a code of its own since 2025; small letters are none",
            year=2023,
            Episodes="""
              CHILD PLACE
              A     U3
              B     H5
            > C     K3
              D     -
            > E     u3
            """,
        ),
        example(
            "Living independently, and other placements as one, are no longer in the list",
            year=2026,
            Episodes="""
              CHILD PLACE
              A     K3
              B     Z11
            > C     P2
            > D     Z1
            """,
        ),
    ],
)
def placement_is_not_a_code(now: Setting) -> Expr:
    """The placement type is not one of the codes in use this year."""
    return unknown_code("PLACE", now.codes("PLACE"))


@episode(
    "147",
    reads=["DEC"],
    validity=True,
    remedy="Enter the day the episode ended as day/month/year, or leave it blank if it goes on.",
    examples=[
        example(
            "Blank is fine: the episode goes on",
            Episodes="""
              CHILD DEC
              A     2024-04-30
              B     -
            > C     31/06/2024
            """,
        ),
    ],
)
def end_is_not_a_date() -> Expr:
    """What was entered as the day the episode ended is not a date."""
    return unreadable("DEC")


@episode(
    "148",
    reads=["DEC", "REC"],
    remedy="Enter both the day the episode ended and why, or neither.",
    examples=[
        example(
            "One without the other",
            Episodes="""
              CHILD DEC        REC
              A     2024-06-01 X1
              B     -          -
            > C     2024-06-01 -
            > D     -          E8
            """,
        ),
    ],
)
def end_and_reason_do_not_go_together() -> Expr:
    """The episode has a day on which it ended but no reason, or a reason but no day."""
    return given("DEC") != given("REC")


@episode(
    "149",
    reads=["REC"],
    remedy="Enter a reason for the episode's end from this year's list.",
    examples=[
        example(
            "E43 and E44 were split up in 2019",
            year=2024,
            Episodes="""
              CHILD REC
              A     E4A
              B     -
            > C     E43
            > D     E99
            """,
        ),
        example(
            "Before the split",
            year=2018,
            Episodes="""
              CHILD REC
              A     E43
            > B     E45
            """,
        ),
    ],
)
def reason_for_end_is_not_a_code(now: Setting) -> Expr:
    """The reason for the episode's end is not one of the codes in use this year."""
    return unknown_code("REC", now.codes("REC"))


_PROVIDER_EXAMPLES = [
    example(
        "A provider that is not in the list, and one where none is asked for",
        year=2025,
        Episodes="""
          CHILD PLACE PLACE_PROVIDER
          A     U4    PR4
          B     U4    -
        > C     U4    PR9
        > D     T2    PR1
          E     T2    -
        """,
    ),
]


@episode(
    "178",
    reads=["PLACE", "PLACE_PROVIDER"],
    years=between(2017, 2025),
    remedy="Enter a provider from PR0 to PR5; leave it blank for a temporary or other placement.",
    examples=_PROVIDER_EXAMPLES,
)
def provider_is_not_a_code(now: Setting) -> Expr:
    """The placement provider is not one of the codes, or is given for a placement without one."""
    return _wrong_provider(now, WITHOUT_PROVIDER)


@episode(
    "178",
    reads=["PLACE", "PLACE_PROVIDER"],
    years=since(2026),
    confidence=UNCONFIRMED,
    note="Seen listed from 2026 without T4 among the placements that have no provider.",
    remedy="Enter a provider from PR0 to PR5; leave it blank for a temporary or other placement.",
    examples=[
        example(
            "Other placements are told apart since 2026",
            year=2026,
            Episodes="""
              CHILD PLACE PLACE_PROVIDER
              A     U4    PR4
            > B     U4    PR9
            > C     Z12   PR1
              D     Z12   -
            """,
        ),
    ],
)
def provider_is_not_a_code_since_2026(now: Setting) -> Expr:
    """The placement provider is not one of the codes, or is given for a placement without one."""
    return _wrong_provider(now, WITHOUT_PROVIDER_SINCE_2026)


def _wrong_provider(now: Setting, without: tuple[str, ...]) -> Expr:
    unknown = unknown_code("PLACE_PROVIDER", now.codes("PLACE_PROVIDER"))
    return any_of(unknown, given("PLACE_PROVIDER") & one_of("PLACE", without))


@episode(
    "1009",
    reads=["REASON_PLACE_CHANGE"],
    remedy="Enter a reason for the change of placement from the list.",
    examples=[
        example(
            "A reason that is not in the list",
            year=2025,
            Episodes="""
              CHILD REASON_PLACE_CHANGE
              A     CARPL
            > B     MOVED
              C     -
            """,
        ),
    ],
)
def reason_for_move_is_not_a_code(now: Setting) -> Expr:
    """The reason for the change of placement is not one of the codes."""
    return unknown_code("REASON_PLACE_CHANGE", now.codes("REASON_PLACE_CHANGE"))


@episode(
    "233",
    reads=["DEC", "REASON_PLACE_CHANGE"],
    years=since(2026),
    note="Seen listed for the collection years 2026 and 2027.",
    remedy="Leave the reason for the change of placement blank while the episode goes on.",
    examples=[
        example(
            "The episode goes on",
            year=2026,
            Episodes="""
              CHILD DEC        REASON_PLACE_CHANGE
            > A     -          CARPL
              B     2025-06-01 CARPL
              C     -          -
            """,
        ),
    ],
)
def reason_for_move_while_the_episode_goes_on() -> Expr:
    """A reason for a change of placement is given although the episode has not ended."""
    return given("REASON_PLACE_CHANGE") & ~given("DEC")
