"""Rules that a return must pass: written as expressions over views, evaluated together.

``rules()`` lists them, ``documentation()`` describes them with their worked examples.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

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


class _Rules(ModuleType):
    """This module called as a function gives ``rules()``.

    The package's public function and this module share a name, and importing a module sets it on
    its package: without this, ``returns.rules()`` would work or not by the order of imports.
    """

    def __call__(self, *args: Any, **named: Any) -> tuple[Rule, ...]:
        return rules(*args, **named)


sys.modules[__name__].__class__ = _Rules
