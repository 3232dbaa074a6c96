"""Signing in through an organisation's own identity provider, where one is set up."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class SocialAdapter(DefaultSocialAccountAdapter):
    """The provider says who somebody is; only people who were added here may come in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody is added by signing in."""
        del request, sociallogin
        return False
