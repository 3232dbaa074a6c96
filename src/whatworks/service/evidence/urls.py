"""The addresses of studies and the rated page of each practice."""

from django.urls import path

from whatworks.service.evidence import views

RATED = "evidence/<slug:practice>/"

urlpatterns = [
    path("evidence/", views.start, name="evidence_start"),
    path("evidence/studies/<slug:study>/", views.one_study, name="evidence_study"),
    path(RATED, views.rated, name="evidence_rated"),
    path(f"{RATED}why/", views.why, name="evidence_why"),
]
