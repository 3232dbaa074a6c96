"""The room's pages, a module for each kind."""

from whatworks.service.rollout.views.effects import effect, effect_csv
from whatworks.service.rollout.views.practices import one_practice, practices
from whatworks.service.rollout.views.projecting import here
from whatworks.service.rollout.views.recording import record
from whatworks.service.rollout.views.varying import done_now

__all__ = ["done_now", "effect", "effect_csv", "here", "one_practice", "practices", "record"]
