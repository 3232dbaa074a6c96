"""How fast this machine is just now: seconds of a plain loop, to judge other seconds by.

A virtual machine's pace can change twofold within minutes. Figures taken at different paces are
comparable only when divided by it.
"""

from __future__ import annotations

import time

STEPS = 1_500_000


def pace() -> float:
    """CPU seconds of 1.5 million steps of a plain loop over a dictionary."""
    began = time.process_time()
    held: dict[int, int] = {}
    for step in range(STEPS):
        held[step % 1000] = held.get(step % 1000, 0) + step
    return time.process_time() - began
