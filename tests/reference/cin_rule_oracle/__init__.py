"""The rules of the CIN census once more, in plain Python, from their official messages alone.

``findings(tables, year)`` takes tables as lists of dicts of text (None is blank), and gives the
set of (rule, table, row) that the rules find. It shares no code with the project: loops over
dicts, one function a rule, written to be read beside the message. Each function yields the
records at fault, of any table; a rule over the return as a whole yields ``WHOLE``.

A record whose cell cannot be read takes no part in a rule that reads the cell, except in rules
that judge whether a cell is right, where it fails.
"""

from . import cases, children, enquiries, plans, protection
from .reading import ORACLES, findings

__all__ = ["ORACLES", "cases", "children", "enquiries", "findings", "plans", "protection"]
