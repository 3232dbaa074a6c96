"""Planted truth: invented practices that change known things by known amounts in known places.

``plan`` draws from the seed which councils of England adopt which practice, and when. A plan
gives each council's ``Conditions`` for the simulation, and what is true of it for truth.json.
``analysis`` holds an analysis that finds the planted effects from yearly counts alone.
"""

from whatworks.synthetic.planted.adoption import Adopter
from whatworks.synthetic.planted.plan import Plan, plan
from whatworks.synthetic.planted.practice import Practice, practices

__all__ = ["Adopter", "Plan", "Practice", "plan", "practices"]
