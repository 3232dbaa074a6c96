"""Addresses of the baseline: a council, and a measure by the name of its definition."""

from django.urls import path

from whatworks.service.baseline import views

BASELINE = "councils/<str:council>/baseline/"

urlpatterns = [
    path(BASELINE, views.baseline, name="baseline"),
    path(f"{BASELINE}figures.csv", views.download, name="baseline_csv"),
    path(f"{BASELINE}measures/<str:measure>/", views.one_measure, name="baseline_measure"),
    path(
        f"{BASELINE}measures/<str:measure>/figures.csv",
        views.download_measure,
        name="baseline_measure_csv",
    ),
]
