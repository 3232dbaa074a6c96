"""Facts about the world, each with its source, the dates it holds and how sure of it we are.

Nothing here knows anything of the rest of the project. Frames are Polars frames; each call
gives a frame of its own, so that changing one changes nothing for anybody else. Data files are
read when first asked for, then kept. Sources and licences: ``sources()``, ``attribution()``;
what is in doubt: ``doubts()``. The recipes that made the data files are in ``tools/reference``.
"""

from whatworks.reference._data import SEEN, UNCONFIRMED, NotHeld
from whatworks.reference.areas import (
    ENGLAND,
    Council,
    council,
    councils,
    find_council,
    neighbours,
    regions,
    successors,
)
from whatworks.reference.calendar import add_working_days, bank_holidays, is_working_day
from whatworks.reference.characteristics import characteristics
from whatworks.reference.codelists import code_lists, code_values, codes, meaning
from whatworks.reference.provenance import attribution, doubts, sources
from whatworks.reference.published import (
    national,
    panel,
    population,
    population_of,
    published,
    published_measures,
)

__all__ = [
    "ENGLAND",
    "SEEN",
    "UNCONFIRMED",
    "Council",
    "NotHeld",
    "add_working_days",
    "attribution",
    "bank_holidays",
    "characteristics",
    "code_lists",
    "code_values",
    "codes",
    "council",
    "councils",
    "doubts",
    "find_council",
    "is_working_day",
    "meaning",
    "national",
    "neighbours",
    "panel",
    "population",
    "population_of",
    "published",
    "published_measures",
    "regions",
    "sources",
    "successors",
]
