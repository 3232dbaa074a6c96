"""The addresses of decisions, targets and the learning log of a council."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
