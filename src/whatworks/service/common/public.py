"""The one list of pages that anybody may open without signing in, by the name of their address."""

from __future__ import annotations

from django.conf import settings

ALWAYS: frozenset[str] = frozenset(
    {
        "home",
        "about",
        "accessibility",
        "privacy",
        "health",
        "definitions",
        "measure_definition",
        "rule_definition",
        "how_close",
        # Signing in. The second step is reached only by those who gave a right password.
        "account_login",
        "account_inactive",
        "mfa_authenticate",
    }
)

# Signing in through an identity provider, where one is set up (WHATWORKS_OIDC).
WITH_A_PROVIDER: frozenset[str] = frozenset(
    {
        "openid_connect_login",
        "openid_connect_callback",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "socialaccount_signup",
    }
)

PUBLIC_PAGES = ALWAYS | (WITH_A_PROVIDER if settings.ENVIRONMENT.oidc is not None else frozenset())
