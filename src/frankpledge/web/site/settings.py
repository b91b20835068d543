"""Django's settings, made from the environment.

What may be set, and what is refused, stands in `environment.py`; nothing else reads the environment.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url

from frankpledge.web.site.environment import read_environment

ENVIRONMENT = read_environment()
HERE = Path(__file__).parent
DATA = ENVIRONMENT.data
DATA.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
DEMONSTRATION = ENVIRONMENT.demonstration
DEMONSTRATION_DAY = ENVIRONMENT.demonstration_day
PROVIDER = ENVIRONMENT.provider
ROOT_URLCONF = "frankpledge.web.site.urls"
WSGI_APPLICATION = "frankpledge.web.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organisations.Person"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "frankpledge.web.organisations",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rules.apps.AutodiscoverRulesConfig",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "frankpledge.web.audit",
    "frankpledge.web.plans",
    "frankpledge.web.actions",
    "frankpledge.web.measures",
    "frankpledge.web.reports",
    "frankpledge.web.publication",
    "frankpledge.web.site",
]

MIDDLEWARE = [
    "frankpledge.web.site.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "frankpledge.web.organisations.sessions.SessionsThatEnd",
    "frankpledge.web.organisations.readers.ReaderMiddleware",
    "frankpledge.web.organisations.second_factor.SecondFactorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "builtins": [
                "frankpledge.web.frame.templatetags.components",
                "frankpledge.web.frame.templatetags.words",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "frankpledge.web.site.page.page",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=None)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a writer waits for its turn at once, so two acts never read the same last event.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
DATE_FORMAT = "j F Y"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns where there is none
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000  # every reference carries a fingerprint of the file
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SESSION_COOKIE_AGE = int(ENVIRONMENT.session_hours * 3600)
SESSION_IDLE_MINUTES = 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
CSRF_TRUSTED_ORIGINS = (
    [f"https://{host}" for host in ENVIRONMENT.hosts] if ENVIRONMENT.https else []
)
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "frankpledge.web.site.errors.csrf_failed"

AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "frankpledge.web.organisations.sign_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "frankpledge.web.organisations.sign_in.ProviderAdapter"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "5/5m/key,10/m/ip"}
# Behind a server that speaks HTTPS the address to count by is the one that server has seen.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.https else 0
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENVIRONMENT.https else "http"
ACCOUNT_FORMS = {
    "login": "frankpledge.web.organisations.forms.signing_in.SignInForm",
    "reset_password": "frankpledge.web.organisations.forms.signing_in.ForgottenPasswordForm",
    "reset_password_from_key": "frankpledge.web.organisations.forms.signing_in.NewPasswordForm",
    "change_password": "frankpledge.web.organisations.forms.signing_in.ChangePasswordForm",
    "reauthenticate": "frankpledge.web.organisations.forms.signing_in.PasswordAgainForm",
}
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "frankpledge.web.organisations.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "frankpledge.web.organisations.forms.signing_in.CodeForm",
    "reauthenticate": "frankpledge.web.organisations.forms.signing_in.CodeAgainForm",
    "activate_totp": "frankpledge.web.organisations.forms.signing_in.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Frankpledge"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "staff",
                    "name": PROVIDER.name,
                    "client_id": PROVIDER.client_id,
                    "secret": PROVIDER.secret,
                    "settings": {"server_url": PROVIDER.url},
                }
            ],
            "OAUTH_PKCE_ENABLED": True,
        }
    }
    if PROVIDER
    else {}
)

DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if ENVIRONMENT.email:
    _post = urlsplit(ENVIRONMENT.email)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _post.hostname, _post.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
        unquote(_post.username or ""),
        unquote(_post.password or ""),
    )
    EMAIL_USE_SSL, EMAIL_USE_TLS = _post.scheme == "smtps", _post.scheme == "smtp"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
