"""The addresses of practices, what councils do now, effects and what they would mean here."""

from django.urls import path

from whatworks.service.rollout import views

PRACTICE = "practices/<slug:slug>/"

urlpatterns = [
    path("practices/", views.practices, name="rollout_practices"),
    path(PRACTICE, views.one_practice, name="rollout_practice"),
    path(f"{PRACTICE}effect/", views.effect, name="rollout_effect"),
    path(f"{PRACTICE}effect/figures.csv", views.effect_csv, name="rollout_effect_csv"),
    path("done-now/", views.done_now, name="rollout_done_now"),
    path("councils/<str:council>/done-now/", views.record, name="rollout_record"),
    path(
        "councils/<str:council>/practices/<slug:slug>/here/",
        views.here,
        name="rollout_here",
    ),
]
