"""The address of the page. It is listed in ``common/public.py``."""

from django.urls import path

from whatworks.service.closeness import views

urlpatterns = [path("how-close/", views.how_close, name="how_close")]
