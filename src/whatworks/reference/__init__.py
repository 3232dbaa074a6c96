"""Facts about the world, each with its source, the dates it holds and how sure of it we are.

Nothing here knows anything of the rest of the project. Frames are Polars frames; each call
gives a frame of its own, so that changing one changes nothing for anybody else.
"""

from whatworks.reference._data import SEEN, UNCONFIRMED, NotHeld
from whatworks.reference.areas import Council, council, councils, find_council, neighbours
from whatworks.reference.codelists import code_lists, code_values, codes, meaning

__all__ = [
    "SEEN",
    "UNCONFIRMED",
    "Council",
    "NotHeld",
    "code_lists",
    "code_values",
    "codes",
    "council",
    "councils",
    "find_council",
    "meaning",
    "neighbours",
]
