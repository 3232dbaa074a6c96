"""Addresses of the desk. Submissions, jobs and children have names that say nothing of a child."""

from django.urls import path

from whatworks.service.returns_desk import views

DESK = "councils/<str:council>/returns/"
REPORT = f"{DESK}<str:submission>/"

urlpatterns = [
    path(DESK, views.desk, name="returns_desk"),
    path(f"{DESK}send/", views.send, name="returns_send"),
    path(f"{DESK}jobs/<str:job>/", views.job, name="returns_job"),
    path(REPORT, views.report, name="returns_report"),
    path(f"{REPORT}use-again/", views.use_again, name="returns_use_again"),
    path(f"{REPORT}rules.csv", views.rules_csv, name="returns_rules_csv"),
    path(f"{REPORT}rules/<str:rule>/", views.rule, name="returns_rule"),
    path(f"{REPORT}rules/<str:rule>/rows/", views.rule_rows, name="returns_rule_rows"),
    path(f"{REPORT}problems/", views.problems, name="returns_problems"),
    path(f"{REPORT}problems.csv", views.problems_csv, name="returns_problems_csv"),
    path(f"{REPORT}findings.csv", views.findings_csv, name="returns_findings_csv"),
    path(f"{REPORT}children/", views.children, name="returns_children"),
    path(f"{REPORT}children/<str:child>/", views.child, name="returns_child"),
]
