"""How close invented children are to England: what was produced beside what is published."""

from whatworks.synthetic.calibration.comparing import compare
from whatworks.synthetic.calibration.keeping import keep, kept
from whatworks.synthetic.calibration.model import Calibration, Figure, Target
from whatworks.synthetic.calibration.page import page
from whatworks.synthetic.calibration.record import NotFinished, Record, load, read, record, together

__all__ = [
    "Calibration",
    "Figure",
    "NotFinished",
    "Record",
    "Target",
    "compare",
    "keep",
    "kept",
    "load",
    "page",
    "read",
    "record",
    "together",
]
