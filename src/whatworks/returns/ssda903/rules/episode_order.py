"""Rules on how a child's episodes follow one another, taken by the day they begin."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import given, not_one_of, one_of
from whatworks.returns.rules.model import Setting
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, col, unreadable

episode = partial(rule, collection="ssda903", view="episode")

GOES_ON = "X1"
"""The reason for an episode's end that says the child stays looked after in a new episode."""


@episode(
    "142",
    reads=["CHILD", "DECOM", "DEC", "REC"],
    remedy="Enter the day the episode ended and why.",
    examples=[
        example(
            "Left open although a later one has begun",
            Episodes="""
              CHILD DECOM      DEC        REC
            > A     2024-05-01 -          -
              A     2024-07-01 -          -
            """,
        ),
        example(
            "The day or the reason alone does not end an episode",
            Episodes="""
              CHILD DECOM      DEC        REC
              A     2024-07-01 -          -
            > A     2024-05-01 2024-06-01 -
            > A     2024-06-01 -          X1
            """,
        ),
        example(
            "Each ended when the next began; two children",
            Episodes="""
              CHILD DECOM      DEC        REC
              A     2024-05-01 2024-07-01 X1
              A     2024-07-01 -          -
              B     2024-05-01 -          -
            """,
        ),
    ],
)
def open_episode_is_not_the_latest() -> Expr:
    """An episode was left open although a later one has begun."""
    return any_of(~given("DEC"), ~given("REC")) & given("NEXT_DECOM")


@episode(
    "388",
    reads=["CHILD", "DECOM", "DEC", "REC"],
    remedy="Use X1 when, and only when, the next episode begins on the day this one ends.",
    examples=[
        example(
            "X1 says that a new episode begins, but none does on that day",
            Episodes="""
              CHILD DECOM      DEC        REC
            > A     2024-05-01 2024-06-01 X1
              A     2024-06-02 -          -
            > B     2024-05-01 2024-06-01 X1
            """,
        ),
        example(
            "A new episode begins on the same day, but the reason is not X1",
            Episodes="""
              CHILD DECOM      DEC        REC
            > A     2024-05-01 2024-06-01 E8
              A     2024-06-01 -          -
            """,
        ),
        example(
            "X1 with a new episode that day; another reason with a later one",
            Episodes="""
              CHILD DECOM      DEC        REC
              A     2024-05-01 2024-06-01 X1
              A     2024-06-01 2024-07-01 E4A
              A     2024-09-01 -          -
            """,
        ),
        example(
            "Of a record without a child's number, nobody knows what follows",
            Episodes="""
              CHILD DECOM      DEC        REC
              -     2024-05-01 2024-06-01 X1
            """,
        ),
    ],
)
def end_disagrees_with_the_next_start() -> Expr:
    """The reason for the end says that a new episode begins at once and none does, or says that
    the child ceased to be looked after although a new episode begins on that day."""
    goes_on, next_start = one_of("REC", [GOES_ON]), col("NEXT_DECOM")
    at_once = given("NEXT_DECOM") & (next_start == col("DEC"))
    ceased = given("REC") & ~goes_on
    return given("CHILD") & given("DEC") & any_of(goes_on & ~at_once, ceased & at_once)


@episode(
    "431",
    reads=["CHILD", "DECOM", "DEC", "RNE"],
    remedy="Use another reason than S while the child stays looked after.",
    examples=[
        example(
            "Started again on the day the last episode ended",
            Episodes="""
              CHILD DECOM      DEC        RNE
              A     2024-05-01 2024-06-01 S
            > A     2024-06-01 -          S
            """,
        ),
        example(
            "Started again later, and a change that day",
            Episodes="""
              CHILD DECOM      DEC        RNE
              A     2024-05-01 2024-06-01 S
              A     2024-06-02 -          S
              B     2024-05-01 2024-06-01 S
              B     2024-06-01 -          P
            """,
        ),
    ],
)
def starts_again_without_having_left() -> Expr:
    """The reason is that the child started to be looked after, but the episode before it had not
    ended earlier than that day."""
    return one_of("RNE", ["S"]) & (col("DECOM") <= col("PREV_DEC"))


@episode(
    "432",
    reads=["CHILD", "DECOM", "RNE", "REC"],
    remedy="Use S for the first episode after a child had ceased to be looked after.",
    examples=[
        example(
            "Ceased, and then a change of placement",
            Episodes="""
              CHILD DECOM      DEC        REC RNE
              A     2024-05-01 2024-06-01 E4A S
            > A     2024-08-01 -          -   P
            """,
        ),
        example(
            "Ceased, and then started again; or stayed looked after",
            Episodes="""
              CHILD DECOM      DEC        REC RNE
              A     2024-05-01 2024-06-01 E4A S
              A     2024-08-01 -          -   S
              B     2024-05-01 2024-06-01 X1  S
              B     2024-06-01 -          -   P
            """,
        ),
    ],
)
def comes_back_without_starting(now: Setting) -> Expr:
    """The child had ceased to be looked after when the episode before it ended, but the reason is
    not that the child started to be looked after."""
    ceased = [code for code in now.codes("REC") if code != GOES_ON]
    return one_of("PREV_REC", ceased) & not_one_of("RNE", ["S"])


@episode(
    "433",
    reads=["CHILD", "DECOM", "DEC", "RNE"],
    remedy="Begin a change of placement or legal status on the day the last episode ended.",
    examples=[
        example(
            "A day between the two, and an episode before it that was left open",
            Episodes="""
              CHILD DECOM      DEC        RNE
              A     2024-05-01 2024-06-01 S
            > A     2024-06-02 -          P
              B     2024-05-01 -          S
            > B     2024-06-02 -          L
            """,
        ),
        example(
            "On the same day; and the first episode in the return",
            Episodes="""
              CHILD DECOM      DEC        RNE
              A     2024-05-01 2024-06-01 S
              A     2024-06-01 -          P
              B     2024-05-01 -          L
            """,
        ),
    ],
)
def goes_on_from_another_day() -> Expr:
    """The reason is a change while looked after, but the episode does not begin on the day the
    one before it ended."""
    before = given("PREV_ROW") & ~unreadable("PREV_DEC")
    same_day = given("DECOM") & given("PREV_DEC") & (col("DECOM") == col("PREV_DEC"))
    return one_of("RNE", ["P", "L", "T", "U", "B"]) & before & ~same_day


@episode(
    "437",
    reads=["CHILD", "DECOM", "REC"],
    remedy="Correct the reason for the end, or take out the later episodes.",
    examples=[
        example(
            "An episode after death, and one after being found to be 18 or over",
            Episodes="""
              CHILD DECOM      DEC        REC
            > A     2024-05-01 2024-06-01 E2
              A     2024-07-01 -          -
            > B     2024-05-01 2024-06-01 E15
              B     2024-07-01 2024-08-01 E2
            """,
        ),
    ],
)
def episodes_after_the_last_there_can_be() -> Expr:
    """The episode ended because the child died or was found to be 18 or over, but another
    episode follows."""
    return one_of("REC", ["E2", "E15"]) & given("NEXT_DECOM")


@episode(
    "501",
    reads=["CHILD", "DECOM", "DEC"],
    remedy="Correct the days so that an episode begins no earlier than the last one ended.",
    examples=[
        example(
            "Two episodes overlap: the later one is reported",
            Episodes="""
              CHILD DECOM      DEC
              A     2024-05-01 2024-06-02
            > A     2024-06-01 -
            """,
        ),
        example(
            "One begins on the day the other ends; another child's dates do not matter",
            Episodes="""
              CHILD DECOM      DEC
              A     2024-06-01 -
              A     2024-05-01 2024-06-01
              B     2024-05-15 2024-05-20
            """,
        ),
    ],
)
def begins_before_the_last_one_ended() -> Expr:
    """The episode begins before the child's previous episode ended."""
    return col("DECOM") < col("PREV_DEC")


@episode(
    "357",
    reads=["CHILD", "DECOM", "RNE"],
    remedy="Use S, or add the episode that came before.",
    examples=[
        example(
            "The child's first episode, begun this year, is not a start",
            year=2025,
            Episodes="""
              CHILD DECOM      RNE
            > A     2024-05-01 P
              B     2024-05-01 S
              B     2024-06-01 P
              C     2024-03-31 P
            """,
        ),
    ],
)
def first_episode_is_not_a_start() -> Expr:
    """The child's first episode in the return began in the year, but its reason is not that the
    child started to be looked after."""
    first = given("CHILD") & col("PREV_ROW").is_null()
    return first & (col("DECOM") >= col("YEAR_START")) & not_one_of("RNE", ["S"])
