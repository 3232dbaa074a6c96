"""The addresses of studies and the rated page of each practice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
