"""The rules of a workforce census, by what they look at. Importing this registers all of them.

The Department's own list of rules for this census is not known here: these are our own, from the
form's code lists and from what cannot be true, and so are their numbers (WW01 and on).
"""

from __future__ import annotations

from whatworks.returns.csww.rules import code_lists, dates, vacancies, workers, workload

__all__ = ["code_lists", "dates", "vacancies", "workers", "workload"]
