"""The rules of a CIN census, by what they look at. Importing this registers all of them."""

from __future__ import annotations

from whatworks.returns.cin.rules import (
    assessments,
    cases,
    children,
    cin_plans,
    enquiries,
    protection_plans,
    whole_return,
)

__all__ = [
    "assessments",
    "cases",
    "children",
    "cin_plans",
    "enquiries",
    "protection_plans",
    "whole_return",
]
