"""The desk's pages, a module for each kind."""

from whatworks.service.returns_desk.views.again import use_again
from whatworks.service.returns_desk.views.children import child, children, problems, rule_rows
from whatworks.service.returns_desk.views.desk import desk
from whatworks.service.returns_desk.views.downloads import (
    findings_csv,
    problems_csv,
    rules_csv,
)
from whatworks.service.returns_desk.views.report import report, rule
from whatworks.service.returns_desk.views.sending import job, send

__all__ = [
    "child",
    "children",
    "desk",
    "findings_csv",
    "job",
    "problems",
    "problems_csv",
    "report",
    "rule",
    "rule_rows",
    "rules_csv",
    "send",
    "use_again",
]
