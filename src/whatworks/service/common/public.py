"""The one list of pages that anybody may open without signing in, by the name of their address."""

PUBLIC_PAGES: frozenset[str] = frozenset(
    {
        "home",
        "about",
        "accessibility",
        "privacy",
        "health",
        "definitions",
        "measure_definition",
        "rule_definition",
        # Signing in. The second step is reached only by those who gave a right password.
        "account_login",
        "account_inactive",
        "mfa_authenticate",
    }
)
