"""Rules on what goes with what within one episode: placement, provider, legal status, reasons."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, not_one_of, one_of
from whatworks.returns.rules.model import UNCONFIRMED, between, since
from whatworks.returns.rules.register import rule

episode = partial(rule, collection="ssda903", view="episode")

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
OTHER_TO_2025 = ("Z1",)
OTHER_SINCE_2026 = ("Z11", "Z12", "Z13", "Z14")
SHORT_BREAKS = ("V3", "V4")

_LEAVE_BLANK = "Leave the provider blank for a temporary or other placement."
_ENTER_PROVIDER = "Enter who provides the placement, from PR0 to PR5."


@episode(
    "213",
    reads=["PLACE", "PLACE_PROVIDER"],
    years=between(2017, 2025),
    confidence=UNCONFIRMED,
    note=(
        "Seen listed until 2025 for temporary placements alone, without Z1; a provider given for "
        "Z1 fails rule 178."
    ),
    remedy=_LEAVE_BLANK,
    examples=[
        example(
            "A provider for a stay in hospital",
            year=2025,
            Episodes="""
              CHILD PLACE PLACE_PROVIDER
            > A     T1    PR3
              B     T1    -
              C     U4    PR1
              D     Z1    PR1
            """,
        ),
    ],
)
def provider_not_asked_for() -> Expr:
    """A placement provider is given for a temporary placement, which has none."""
    return one_of("PLACE", TEMPORARY) & given("PLACE_PROVIDER")


@episode(
    "213",
    reads=["PLACE", "PLACE_PROVIDER"],
    years=since(2026),
    remedy=_LEAVE_BLANK,
    examples=[
        example(
            "Other placements are told apart since 2026",
            year=2026,
            Episodes="""
              CHILD PLACE PLACE_PROVIDER
            > A     Z11   PR4
              B     Z11   -
            """,
        ),
    ],
)
def provider_not_asked_for_since_2026() -> Expr:
    """A placement provider is given for a temporary or other placement, which has none."""
    return one_of("PLACE", TEMPORARY + OTHER_SINCE_2026) & given("PLACE_PROVIDER")


@episode(
    "526",
    reads=["PLACE", "PLACE_PROVIDER"],
    years=between(2017, 2025),
    remedy=_ENTER_PROVIDER,
    examples=[
        example(
            "No provider",
            year=2025,
            Episodes="""
              CHILD PLACE PLACE_PROVIDER
            > A     U4    -
            > B     -     -
              C     T1    -
              D     U4    PR1
            """,
        ),
    ],
)
def no_provider() -> Expr:
    """The placement is neither temporary nor other, but has no provider."""
    return not_one_of("PLACE", TEMPORARY + OTHER_TO_2025) & blank("PLACE_PROVIDER")


@episode(
    "526",
    reads=["PLACE", "PLACE_PROVIDER"],
    years=since(2026),
    remedy=_ENTER_PROVIDER,
    examples=[
        example(
            "Other placements are told apart since 2026",
            year=2026,
            Episodes="""
              CHILD PLACE PLACE_PROVIDER
            > A     U4    -
              B     Z14   -
            """,
        ),
    ],
)
def no_provider_since_2026() -> Expr:
    """The placement is neither temporary nor other, but has no provider."""
    return not_one_of("PLACE", TEMPORARY + OTHER_SINCE_2026) & blank("PLACE_PROVIDER")


@episode(
    "378",
    reads=["PLACE", "LS"],
    remedy="Check the legal status: a child accommodated under section 20 is not at home.",
    examples=[
        example(
            "At home with parents",
            Episodes="""
              CHILD PLACE LS
            > A     P1    V2
              B     P1    C2
              C     U4    V2
            """,
        ),
    ],
)
def at_home_while_accommodated() -> Expr:
    """The child is placed with parents while accommodated under section 20."""
    return one_of("PLACE", ["P1"]) & one_of("LS", ["V2"])


@episode(
    "380",
    reads=["PLACE", "RNE"],
    remedy="Begin a temporary placement with reason P or B, after the usual placement.",
    examples=[
        example(
            "Care begins with a stay in hospital",
            Episodes="""
              CHILD PLACE RNE
            > A     T1    S
            > B     T1    -
              C     T1    P
              D     U4    S
            """,
        ),
    ],
)
def begins_with_a_temporary_placement() -> Expr:
    """The placement is temporary, but the episode does not begin with a change of placement and
    carers."""
    return one_of("PLACE", TEMPORARY) & not_one_of("RNE", ["P", "B"])


@episode(
    "381",
    reads=["PLACE", "REC"],
    remedy="Add the episode in which the child was back in the usual placement.",
    examples=[
        example(
            "Care ends on holiday",
            Episodes="""
              CHILD PLACE REC
            > A     T2    E4A
              B     T2    X1
              C     T2    -
              D     U4    E4A
            """,
        ),
    ],
)
def ends_with_a_temporary_placement() -> Expr:
    """The child ceased to be looked after from a temporary placement."""
    return one_of("PLACE", TEMPORARY) & given("REC") & not_one_of("REC", ["X1"])


@episode(
    "382",
    reads=["LS", "PLACE"],
    remedy="Check the legal status and the placement type.",
    examples=[
        example(
            "A short break",
            Episodes="""
              CHILD LS PLACE
            > A     V3 T3
            > B     V4 T0
              C     V3 U6
              D     C2 T3
            """,
        ),
    ],
)
def temporary_placement_in_a_short_break() -> Expr:
    """A child on a short break is recorded in a temporary placement."""
    return one_of("LS", SHORT_BREAKS) & one_of("PLACE", TEMPORARY)


@episode(
    "384",
    reads=["LS", "PLACE"],
    remedy="Check the legal status and the placement type.",
    examples=[
        example(
            "A short break in a foster home meant to last",
            Episodes="""
              CHILD LS PLACE
            > A     V3 U1
            > B     V4 U4
              C     V4 U6
              D     C2 U4
            """,
        ),
    ],
)
def lasting_foster_home_in_a_short_break() -> Expr:
    """A child on a short break is recorded in a long-term foster placement."""
    return one_of("LS", SHORT_BREAKS) & one_of("PLACE", ["U1", "U4"])


def _provider_cannot(
    number: str, provider: str, placements: tuple[str, ...], sentence: str
) -> None:
    """Register a rule that a provider does not go with these placements."""
    wrong = placements[0]

    def judge() -> Expr:
        return one_of("PLACE", placements) & one_of("PLACE_PROVIDER", [provider])

    judge.__doc__ = sentence
    episode(
        number,
        reads=["PLACE", "PLACE_PROVIDER"],
        remedy="Correct the placement type or the provider.",
        examples=[
            example(
                "A provider that cannot be",
                Episodes=f"""
                  CHILD PLACE   PLACE_PROVIDER
                > A     {wrong} {provider}
                  B     {wrong} PR0
                  C     T0      {provider}
                  D     {wrong} -
                """,
            ),
        ],
    )(judge)


_NOT_BY_COUNCILS = ("P1", "R2", "R5")
_provider_cannot(
    "527",
    "PR1",
    _NOT_BY_COUNCILS,
    "The council itself is given as provider of a placement with parents, in a hospital or in "
    "custody, none of which a council provides.",
)
_provider_cannot(
    "528",
    "PR2",
    _NOT_BY_COUNCILS,
    "Another council is given as provider of a placement with parents, in a hospital or in "
    "custody, none of which a council provides.",
)
_provider_cannot(
    "529",
    "PR3",
    ("P1", "A3", "A4", "A5", "A6", "K1", "K2", "U1", "U2", "U3", "U4", "U5", "U6"),
    "Another public body is given as provider of a placement with parents or adopters, in a "
    "children's home or with foster carers, none of which such a body provides.",
)
_provider_cannot(
    "530",
    "PR4",
    ("P1",),
    "A private provider is given for a placement with parents.",
)
_provider_cannot(
    "531",
    "PR5",
    ("P1",),
    "A voluntary provider is given for a placement with parents.",
)


@episode(
    "550",
    reads=["PLACE", "PLACE_PROVIDER"],
    remedy="Correct the placement type or the provider.",
    examples=[
        example(
            "Parents as provider of a foster home",
            Episodes="""
              CHILD PLACE PLACE_PROVIDER
            > A     U4    PR0
            > B     -     PR0
              C     P1    PR0
              D     U4    PR1
            """,
        ),
    ],
)
def parents_provide_another_placement() -> Expr:
    """Parents are given as provider of a placement that is not with parents."""
    return not_one_of("PLACE", ["P1"]) & one_of("PLACE_PROVIDER", ["PR0"])
