"""Addresses for signing in through an identity provider; there only where one is set up."""

from __future__ import annotations

from allauth.socialaccount import views as provided
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import path

urlpatterns = [
    path("provider/<str:provider_id>/", openid.login, name="openid_connect_login"),
    path("provider/<str:provider_id>/back/", openid.callback, name="openid_connect_callback"),
    path("stopped/", provided.login_cancelled, name="socialaccount_login_cancelled"),
    path("failed/", provided.login_error, name="socialaccount_login_error"),
    # Sends whoever was not added here to the page that says so.
    path("unknown/", provided.signup, name="socialaccount_signup"),
]
