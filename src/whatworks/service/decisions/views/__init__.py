"""The pages of decisions and of the learning log, each about the one council of its address."""

from whatworks.service.decisions.views.deciding import decide
from whatworks.service.decisions.views.learning import amend, learn, log, log_csv
from whatworks.service.decisions.views.reading import one, start, withdraw

__all__ = ["amend", "decide", "learn", "log", "log_csv", "one", "start", "withdraw"]
