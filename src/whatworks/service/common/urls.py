"""Addresses that every room shares."""

from django.urls import path

from whatworks.service.common import views

urlpatterns = [
    path("work/", views.your_work, name="your_work"),
    path("councils/<str:council>/purpose/", views.give_purpose, name="purpose"),
]
