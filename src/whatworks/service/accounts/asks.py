"""What signing in asks of people."""

from whatworks.service.burden.asking import Ask, Question

_FORMS = "whatworks.service.accounts.forms"

ASKS = (
    Ask(
        name="sign_in",
        title="Signing in",
        asked_of="everybody with an account",
        minutes=0.5,
        minutes_from="judged, not timed",
        events=("signed_in",),
        forms=tuple(
            f"{_FORMS}.{name}"
            for name in ("SignInForm", "ReauthenticateForm", "CodeForm", "CodeAgainForm")
        ),
        questions=(
            Question(
                "login",
                "Email address",
                "To know who it is.",
                at_once="compared with the accounts; never written to a log.",
            ),
            Question(
                "password",
                "Password, and the code of an authenticator app where one is set up",
                "So that nobody else can come in under your name.",
                at_once="compared with what is kept of it, which is not the password itself.",
            ),
        ),
    ),
    Ask(
        name="own_account",
        title="A new password, or an authenticator app",
        asked_of="everybody with an account",
        minutes=2,
        minutes_from="judged, not timed",
        events=("password_changed", "second_step_added"),
        forms=(f"{_FORMS}.ChangePasswordForm", f"{_FORMS}.ActivateForm"),
        questions=(
            Question(
                "new",
                "The new password twice, or the first code of the app",
                "To be sure that it is as meant, and that the app was set up.",
                at_once="it holds from then on.",
            ),
        ),
    ),
)
