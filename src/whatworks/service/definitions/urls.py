"""Addresses of the definitions. All of them are listed in ``common/public.py``."""

from django.urls import path

from whatworks.service.definitions import views

urlpatterns = [
    path("definitions/", views.index, name="definitions"),
    path("definitions/measures/<str:measure>/", views.measure, name="measure_definition"),
    path("definitions/rules/<str:collection>/<str:rule>/", views.rule, name="rule_definition"),
]
