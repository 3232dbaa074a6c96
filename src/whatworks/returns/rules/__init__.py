"""Rules that a return must pass: written as expressions over views, evaluated together.

``rules()`` lists them, ``documentation()`` describes them with their worked examples.
"""

from __future__ import annotations

from whatworks.returns.rules.documents import document, documentation
from whatworks.returns.rules.evaluate import RuleFault, evaluate
from whatworks.returns.rules.examples import example
from whatworks.returns.rules.model import Example, Rule, Setting, Years, between, since
from whatworks.returns.rules.register import rule, rules, table_rule, views

__all__ = [
    "Example",
    "Rule",
    "RuleFault",
    "Setting",
    "Years",
    "between",
    "document",
    "documentation",
    "evaluate",
    "example",
    "rule",
    "rules",
    "since",
    "table_rule",
    "views",
]
