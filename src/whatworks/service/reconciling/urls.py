"""Addresses of reconciling: a council, and a measure by the name of its definition."""

from django.urls import path

from whatworks.service.reconciling import views

RECONCILING = "councils/<str:council>/reconciling/"

urlpatterns = [
    path(RECONCILING, views.start, name="reconciling"),
    path(f"{RECONCILING}figures.csv", views.download, name="reconciling_csv"),
    path(f"{RECONCILING}measures/<str:measure>/", views.one_measure, name="reconciling_measure"),
]
