"""The addresses of decisions, targets and the learning log of a council."""

from django.urls import path

from whatworks.service.decisions import views

COUNCIL = "councils/<str:council>/"
DECISIONS = f"{COUNCIL}decisions/"
LEARNING = f"{COUNCIL}learning/"

urlpatterns = [
    path(DECISIONS, views.start, name="decisions_start"),
    path(f"{COUNCIL}practices/<str:practice>/decide/", views.decide, name="decisions_decide"),
    path(f"{DECISIONS}<str:decision>/", views.one, name="decisions_one"),
    path(f"{DECISIONS}<str:decision>/withdraw/", views.withdraw, name="decisions_withdraw"),
    path(LEARNING, views.log, name="decisions_log"),
    path(f"{LEARNING}log.csv", views.log_csv, name="decisions_log_csv"),
    path(f"{LEARNING}new/", views.learn, name="decisions_learn"),
    path(f"{LEARNING}<str:entry>/amend/", views.amend, name="decisions_amend"),
]
