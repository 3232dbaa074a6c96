"""SSDA903 rules a second time: loops over dictionaries, written from the official messages.

``findings(tables, year)`` takes text tables as {table: [{column: cell or None}]} and gives the set
of (rule, table, row), rows numbered from 1. It shares no code with ``whatworks``. A cell is text,
blank (None) or, where a date or number belongs, unreadable; unreadable cells fail the rules on
validity, and take their row out of the others.

Where practice is known to differ from the message, practice is followed, and a comment says so;
the note of the rule says so too.
"""

from . import besides, cells, episodes, header
from .reading import RULES, birthday, findings

__all__ = ["RULES", "besides", "birthday", "cells", "episodes", "findings", "header"]
