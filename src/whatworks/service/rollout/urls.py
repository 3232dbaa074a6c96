"""The addresses of practices, what councils do now, effects and what they would mean here."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
