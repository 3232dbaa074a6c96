"""Rules on how the tables hang together: each child in the header, once, born on one day."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import given
from whatworks.returns.rules.model import Setting
from whatworks.returns.rules.register import rule, table_rule
from whatworks.tables import col

IN_HEADER = {
    "INT01": ("adoption", "AD1"),
    "INT02": ("placed_for_adoption", "PlacedAdoption"),
    "INT03": ("episode", "Episodes"),
    "INT04": ("missing", "Missing"),
    "INT05": ("oc2", "OC2"),
    "INT06": ("oc3", "OC3"),
    "INT07": ("previous_permanence", "PrevPerm"),
    "INT08": ("review", "Reviews"),
    "INT09": ("uasc", "UASC"),
}
SAME_BIRTH_DATE = {
    "INT11": ("adoption", "AD1"),
    "INT12": ("placed_for_adoption", "PlacedAdoption"),
    "INT13": ("missing", "Missing"),
    "INT14": ("oc2", "OC2"),
    "INT15": ("oc3", "OC3"),
    "INT16": ("previous_permanence", "PrevPerm"),
    "INT17": ("review", "Reviews"),
    "INT18": ("uasc", "UASC"),
}
ONCE = {
    "INT31": ("adoption", "AD1"),
    "INT32": ("header", "Header"),
    "INT33": ("oc2", "OC2"),
    "INT34": ("oc3", "OC3"),
    "INT35": ("previous_permanence", "PrevPerm"),
    "INT36": ("uasc", "UASC"),
}
_integrity = partial(rule, collection="ssda903")


def _in_header(number: str, view: str, table: str) -> None:
    def judge() -> Expr:
        return col("HEADER_ROW").is_null()

    judge.__doc__ = f"The child is in {table} but not in the header."
    _integrity(
        number,
        view=view,
        reads=["CHILD", "Header.CHILD"],
        remedy="Add the child to the header, or correct the child's number.",
        examples=[
            example(
                "A child the header does not know, and a record of nobody",
                {
                    "Header": """
                  CHILD
                  A
                """,
                    table: """
                      CHILD
                      A
                    > B
                    > -
                    """,
                },
            ),
        ],
    )(judge)


def _same_birth_date(number: str, view: str, table: str) -> None:
    def judge() -> Expr:
        return col("DOB") != col("HEADER_DOB")

    judge.__doc__ = f"The child's date of birth in {table} is not the one in the header."
    _integrity(
        number,
        view=view,
        reads=["CHILD", "DOB", "Header.CHILD", "Header.DOB"],
        remedy="Correct whichever date of birth is wrong.",
        examples=[
            example(
                "Day and month changed round",
                {
                    "Header": """
                  CHILD DOB
                  A     2012-03-04
                  B     2012-03-04
                  C     -
                """,
                    table: """
                      CHILD DOB
                    > A     2012-04-03
                      B     2012-03-04
                      B     -
                      C     2012-03-04
                      D     2012-03-04
                    """,
                },
            ),
        ],
    )(judge)


def _once(number: str, view: str, table: str) -> None:
    def judge() -> Expr:
        return col("TIMES") > 1

    judge.__doc__ = f"The child is in {table} more than once."
    _integrity(
        number,
        view=view,
        reads=["CHILD"],
        remedy="Leave one record of the child, or correct the child's number.",
        examples=[
            example(
                "Twice",
                {
                    table: """
                      CHILD
                    > A
                      B
                    > A
                      -
                      -
                    """,
                },
            ),
        ],
    )(judge)


for _number, (_name, _table) in IN_HEADER.items():
    _in_header(_number, _name, _table)
for _number, (_name, _table) in SAME_BIRTH_DATE.items():
    _same_birth_date(_number, _name, _table)
for _number, (_name, _table) in ONCE.items():
    _once(_number, _name, _table)


@_integrity(
    "INT21",
    view="uasc",
    reads=["CHILD", "SEX", "Header.CHILD", "Header.SEX"],
    remedy="Correct whichever sex is wrong.",
    examples=[
        example(
            "Two sexes",
            year=2025,
            Header="""
              CHILD SEX
              A     M
              B     F
              C     -
            """,
            UASC="""
              CHILD SEX
            > A     F
              B     F
              C     M
            """,
        ),
    ],
)
def another_sex_in_the_header() -> Expr:
    """The child's sex in UASC is not the one in the header."""
    return given("SEX") & given("HEADER_SEX") & (col("SEX") != col("HEADER_SEX"))


@table_rule(
    "EPI",
    collection="ssda903",
    severity="query",
    reads=["Header.CHILD", "Episodes.CHILD", "OC3.CHILD"],
    optional=["OC3.CHILD"],
    reports={"Header": ["CHILD"]},
    remedy="Add the child's episodes, or take the child out of the header.",
    examples=[
        example(
            "Neither looked after in the year nor a care leaver",
            Header="""
              CHILD
              A
            > B
              C
            """,
            Episodes="""
              CHILD
              A
              A
            """,
            OC3="""
              CHILD
              C
            """,
        ),
    ],
)
def header_without_episodes(tables: Mapping[str, Any], now: Setting) -> Any:
    """The child is in the header, but has no episodes and is not among the care leavers."""
    children = tables["Header"].select("CHILD")
    for other in ("Episodes", "OC3"):
        children = children.join(tables[other].select("CHILD"), on="CHILD", how="anti")
    return children
