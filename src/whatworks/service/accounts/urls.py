"""The pages of the sign-in library that are in use, and a person's own. No others are routed."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from whatworks.service.accounts import views
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission

own = requires(Permission.KEEP_OWN_ACCOUNT)

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-out/", own(account.logout), name="account_logout"),
    path("account/", views.own_account, name="own_account"),
    path("account/password/", own(account.password_change), name="account_change_password"),
    path("account/confirm/", own(account.reauthenticate), name="account_reauthenticate"),
    path("account/confirm-code/", own(second_step.reauthenticate), name="mfa_reauthenticate"),
    path("account/second-step/", own(second_step.index), name="mfa_index"),
    path("account/second-step/add/", own(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-step/remove/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "account/recovery-codes/", own(recovery.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "account/recovery-codes/new/",
        own(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/recovery-codes/download/",
        own(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
