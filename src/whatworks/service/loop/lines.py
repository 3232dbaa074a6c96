"""One turn of the loop, a line for each step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a step ended."""

    DONE = "done"
    ATTENTION = "attention"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class Line:
    """One step: what it says, how it ended, and where each of its numbers comes from."""

    step: str
    text: str
    state: State = State.DONE
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """One turn for a practice and a council that may use it."""

    practice: str
    council: str | None
    lines: tuple[Line, ...]

    @property
    def needs_attention(self) -> bool:
        """Whether any step asks somebody to look."""
        return any(line.state is State.ATTENTION for line in self.lines)
