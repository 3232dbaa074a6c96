"""The addresses of the burden ledger."""

from django.urls import path

from whatworks.service.burden import views

urlpatterns = [
    path("what-we-ask/", views.burden, name="burden"),
    path("what-we-ask/questions.csv", views.questions_csv, name="burden_csv"),
    path("what-we-ask/<slug:ask>/", views.one_form, name="burden_form"),
]
