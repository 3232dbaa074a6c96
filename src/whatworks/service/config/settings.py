"""Django settings: everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from whatworks.service.config import environment, logs
from whatworks.service.config.rooms import ROOMS

ENVIRONMENT = environment.read(os.environ)
SERVICE = Path(__file__).resolve().parent.parent

WORKSPACE = ENVIRONMENT.workspace
SECRET_KEY = environment.secret_key(WORKSPACE)
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
UPLOAD_BYTES = ENVIRONMENT.upload_bytes

INSTALLED_APPS = [
    "whatworks.service.common",
    "whatworks.service.accounts",
    "whatworks.service.home",
    "whatworks.service.definitions",
    "whatworks.service.closeness",
    "whatworks.service.children",
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "whatworks.service.common.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "whatworks.service.common.middleware.UploadLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "whatworks.service.common.access.AccessMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "whatworks.service.config.urls"
WSGI_APPLICATION = "whatworks.service.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [SERVICE / "templates"],
        # Rooms keep their templates in ROOM/jinja2/ROOM/...
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "whatworks.service.config.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "whatworks.service.common.context.page",
            ],
        },
    },
    # Only for the plain-text messages that libraries carry; every page of ours is Jinja.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {"default": dict(ENVIRONMENT.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# --- static files ---

STATIC_URL = "/static/"
STATIC_ROOT = WORKSPACE / "static"
STATICFILES_DIRS = [SERVICE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- people and signing in ---

AUTH_USER_MODEL = "common.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "your_work"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "whatworks.service.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_USER_DISPLAY = "whatworks.service.accounts.adapters.display"
ACCOUNT_FORMS = {
    "login": "whatworks.service.accounts.forms.SignInForm",
    "change_password": "whatworks.service.accounts.forms.ChangePasswordForm",
    "reauthenticate": "whatworks.service.accounts.forms.ReauthenticateForm",
}
# Wrong passwords are counted by axes, in the database; allauth's own counter would answer
# first, with another page.
ACCOUNT_RATE_LIMITS = {"login_failed": False}

MFA_ADAPTER = "whatworks.service.accounts.adapters.SecondStepAdapter"
# Addresses are entered by those who add people, not by the people themselves.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "whatworks"
MFA_FORMS = {
    "authenticate": "whatworks.service.accounts.forms.CodeForm",
    "reauthenticate": "whatworks.service.accounts.forms.CodeAgainForm",
    "activate_totp": "whatworks.service.accounts.forms.ActivateForm",
}

if ENVIRONMENT.oidc is not None:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_ADAPTER = "whatworks.service.accounts.provider.SocialAdapter"
    SOCIALACCOUNT_AUTO_SIGNUP = False
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    SOCIALACCOUNT_LOGIN_ON_GET = False
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [dict(ENVIRONMENT.oidc)]}}

# Five wrong passwords for one address close it for a quarter of an hour, whether or not anyone
# has that address. The address itself is never stored or logged, only a keyed digest of it.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "whatworks.service.accounts.lockout.who"
AXES_LOCKOUT_CALLABLE = "whatworks.service.accounts.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "whatworks.service.accounts.lockout.no_address"
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "login",
    "email",
    "password",
    "csrfmiddlewaretoken",
    "code",
]
SILENCED_SYSTEM_CHECKS = [
    # It warns that locking by a browser's name alone can be got round; we lock by account.
    "axes.W006",
]

# --- sessions, cookies, headers ---

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # until the browser is closed
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "whatworks.service.common.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

if ENVIRONMENT.https:
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    CSRF_TRUSTED_ORIGINS = [
        f"https://{host}" for host in ALLOWED_HOSTS if host not in environment.LOOPBACK
    ]

# Forms may be large only in their files, which go to disk and have a limit of their own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
# They arrive on the workspace's own disk, never in a folder that the whole machine shares.
FILE_UPLOAD_TEMP_DIR = environment.arriving(WORKSPACE)

# --- work in the background, words in the log, mail ---

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logs.configuration()
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
