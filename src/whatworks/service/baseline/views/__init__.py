"""The pages of the baseline, each about the one council that its address names."""

from whatworks.service.baseline.views.course import one_course
from whatworks.service.baseline.views.downloads import every_measure, of_measure, report
from whatworks.service.baseline.views.measure import one_measure
from whatworks.service.baseline.views.number import number_in_care
from whatworks.service.baseline.views.start import baseline, left_out, reading

__all__ = [
    "baseline",
    "every_measure",
    "left_out",
    "number_in_care",
    "of_measure",
    "one_course",
    "one_measure",
    "reading",
    "report",
]
