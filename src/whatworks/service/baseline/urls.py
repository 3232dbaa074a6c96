"""Addresses of the baseline: a council, and a measure by the name of its definition."""

from django.urls import path

from whatworks.service.baseline import views
from whatworks.service.baseline.export import FORMS

BASELINE = "councils/<str:council>/baseline/"
MEASURE = f"{BASELINE}measures/<str:measure>/"

urlpatterns = [
    path(BASELINE, views.baseline, name="baseline"),
    path(f"{BASELINE}number-in-care/", views.number_in_care, name="baseline_number"),
    path(f"{BASELINE}left-out/", views.left_out, name="baseline_left_out"),
    path(f"{BASELINE}reading/", views.reading, name="baseline_reading"),
    path(f"{BASELINE}where-we-stand.pdf", views.report, name="baseline_report"),
    path(f"{BASELINE}courses/<str:course>/", views.one_course, name="baseline_course"),
    path(MEASURE, views.one_measure, name="baseline_measure"),
    *(
        path(f"{BASELINE}figures.{form}", views.every_measure, {"form": form}, f"baseline_{form}")
        for form in FORMS
    ),
    *(
        path(
            f"{MEASURE}figures.{form}", views.of_measure, {"form": form}, f"baseline_measure_{form}"
        )
        for form in FORMS
    ),
]
