"""Rules on care leavers: the OC3 table."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import not_one_of
from whatworks.returns.rules.model import UNCONFIRMED, Setting
from whatworks.returns.rules.register import rule

leaver = partial(rule, collection="ssda903", view="oc3")


CONTRADICTIONS = {"ACCOM": ("S1", "X1")}
"""Codes in the lists of forms that say of nowhere to live, or of custody, that it is suitable."""


_NOTE = (
    "The official wording speaks of entries that are not valid, and does not say whether a blank "
    "is one; in practice a blank is seen to fail, and fails here."
)


def _code_needed(number: str, column: str, code: str, remedy: str, sentence: str) -> None:
    """Register a rule that a column holds a code of its list in every record."""

    def judge(now: Setting) -> Expr:
        refused = CONTRADICTIONS.get(column, ())
        return not_one_of(column, [c for c in now.codes(column) if c not in refused])

    judge.__doc__ = sentence
    leaver(
        number,
        reads=[column],
        validity=True,
        confidence=UNCONFIRMED,
        note=_NOTE,
        remedy=remedy,
        examples=[
            example(
                "Not in the list, and blank",
                OC3=f"""
                  CHILD {column}
                  A     {code}
                > B     Q
                > C     -
                """,
            ),
        ],
    )(judge)


_code_needed(
    "131",
    "IN_TOUCH",
    "YES",
    "Enter whether the council is in touch, with a code of the list.",
    "Whether the council is in touch with the care leaver is blank, or not one of the codes.",
)
_code_needed(
    "132",
    "ACTIV",
    "F1",
    "Enter what the care leaver does, with a code of the list; 0 if that is not known.",
    "What the care leaver does is blank, or not one of the codes in use this year.",
)
_code_needed(
    "133",
    "ACCOM",
    "B1",
    "Enter where the care leaver lives, with a code of the list; 0 if that is not known.",
    "Where the care leaver lives is blank, or not one of the codes.",
)
