"""Addresses of pages about single children: the names in them say nothing of a child."""

from django.urls import path

from whatworks.service.children import views

CHILDREN = "councils/<str:council>/children/"

urlpatterns = [
    path(CHILDREN, views.find, name="children"),
    path(f"{CHILDREN}behind/<str:measure>/<int:year>/", views.behind, name="children_behind"),
    path(f"{CHILDREN}<str:submission>/<str:child>/", views.journey, name="children_journey"),
]
