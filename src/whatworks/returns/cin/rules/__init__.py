"""The rules of a CIN census, by what they look at. Importing this registers all of them."""

from __future__ import annotations

from whatworks.returns.cin.rules import (
    assessments,
    births,
    cases,
    child_numbers,
    children,
    cin_plans,
    deaths,
    enquiries,
    no_further_action,
    protection_plans,
    whole_return,
)

__all__ = [
    "assessments",
    "births",
    "cases",
    "child_numbers",
    "children",
    "cin_plans",
    "deaths",
    "enquiries",
    "no_further_action",
    "protection_plans",
    "whole_return",
]
