"""Settings, read from the environment; `.env.example` explains each one, `cre.checks` refuses unsafe ones."""

import os
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext_lazy as _

from cre.environment import databases, flag, number, words
from cre.headers import PAGES_LOAD
from cre.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What kind of installation this is ---------------------------------------------------------------
DEBUG = flag("DEBUG")
DEMO = flag("DEMO")
TESTING = flag("TESTING")
SITE_NAME = os.environ.get("SITE_NAME", "Community Resource Exchange")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
EXIT_URL = os.environ.get("EXIT_URL", "")
# Where the system lists of the steward lie.
ADMIN_PATH = os.environ.get("ADMIN_PATH", "admin/").strip("/") + "/"
SECRET_KEY = os.environ.get("SECRET_KEY", "")
ACTOR_KEY = os.environ.get("ACTOR_KEY", "")
CODE_PEPPER = os.environ.get("CODE_PEPPER", "")
CODE_PEPPER_VERSION = number("CODE_PEPPER_VERSION", 1)
CODE_PEPPERS_OLD = words("CODE_PEPPERS_OLD")
MASTER_KEY_FILE = os.environ.get("MASTER_KEY_FILE", "")
MASTER_KEY = os.environ.get("MASTER_KEY", "")
TOMBSTONE_FILE = os.environ.get("TOMBSTONE_FILE", "")

# --- Applications ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "cre",
    "learning",
    "grants",
    "collaborations",
    "collaborators",
    "cre.core",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "rest_framework",
    "simple_history",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "cre.headers.HeadersMiddleware",
    "cre.logs.RequestLogMiddleware",
    "cre.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "cre.assets.PreloadMiddleware",
    "cre.language.LanguageMiddleware",
    "collaborators.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "cre.core.uploads.receiving.ReceiveMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cre.core.access.middleware.ActorMiddleware",
    "cre.errors.ConflictMiddleware",
]
ROOT_URLCONF = "cre.urls"
WSGI_APPLICATION = "cre.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DJANGO_TABLES2_TEMPLATE = "components/table.html"
FORM_RENDERER = "cre.forms.renderer.PlainRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "cre.context.site",
            ],
        },
    }
]

# --- Data --------------------------------------------------------------------------------------------
TEST_SUFFIX = os.environ.get("CRE_TEST_SUFFIX", "")
DATABASES = databases(testing=TESTING, suffix=TEST_SUFFIX)
DATABASE_ROUTERS = ["cre.core.vault.router.KeysRouter"]

REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
# Before the name of every key of ours, where several installations share one server.
REDIS_PREFIX = os.environ.get("REDIS_PREFIX", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 0.05, "socket_timeout": 0.05},
    }
}

# --- People, sessions, passwords ---------------------------------------------------------------------
AUTH_USER_MODEL = "collaborators.User"
AUTHENTICATION_BACKENDS = [
    "cre.core.access.backends.ScopeBackend",
    "collaborators.backends.ReceiptCodeBackend",
    "collaborators.backends.EmailBackend",
]
PASSWORD_HASHERS = ["collaborators.hashers.PepperedArgon2Hasher"]
# How much memory one hash of a receipt code or a password takes, in KiB; production refuses less than 19456 (OWASP).
CODE_HASH_KIB = 1024 if TESTING else number("CODE_HASH_KIB", 65536)
PASSWORD_HASH_KIB = 16 if TESTING else CODE_HASH_KIB
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "collaborators.validators.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "collaborators.validators.ContextWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "start"
SESSION_ENGINE = "collaborators.sessions"
# Seconds without a click, and in all, after which somebody is asked again who they are: with a receipt code, or
# with a password. What they had typed goes on with them.
SESSION_LIMITS = {
    "code": (
        60 * number("CODE_SESSION_IDLE_MINUTES", 30),
        3600 * number("CODE_SESSION_HOURS", 12),
    ),
    "password": (
        60 * number("SESSION_IDLE_MINUTES", 30),
        3600 * number("SESSION_HOURS", 12),
    ),
}
# How long the link of an invitation works.
INVITATION_DAYS = number("INVITATION_DAYS", 7)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "cre.csrf.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
# Our own backend answers in place of guardian's, which forgets that grants end. Nobody frames our pages: the
# content security policy says so (frame-ancestors), which goes further than X-Frame-Options.
SILENCED_SYSTEM_CHECKS = ["guardian.W001", "security.W002"]
ACCOUNT_ADAPTER = "collaborators.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_FORMS = {
    "change_password": "collaborators.forms.passwords.ChangePasswordForm",
    "reset_password": "collaborators.forms.passwords.ResetForm",
    "reset_password_from_key": "collaborators.forms.passwords.NewPasswordForm",
}
# Allauth's own would write into its table of addresses, by which it would then find people.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "collaborators.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# A code counts half a minute before and after its time, but never twice.
MFA_TOTP_TOLERANCE = 1
# Roles of staff and of allies who receive what communities share are held only with a second factor.
SECOND_FACTOR_DEMANDED = not DEMO
# How long a proof of who somebody is stands for acts of weight: exports, keys, roles, payments.
FRESH_PROOF_SECONDS = 600

# --- Transport and headers ---------------------------------------------------------------------------
SECURE = not (DEBUG or DEMO or TESTING)
SECURE_SSL_REDIRECT = SECURE and flag("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-s" if SECURE else "s"
BEHIND_PROXY = flag("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of our own add to X-Forwarded-For; what stands before their entries is not believed.
TRUSTED_PROXIES = number("TRUSTED_PROXIES", 1) if BEHIND_PROXY else 0
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PAGES_LOAD}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# Files come in whole and in memory, and lie in MEDIA_ROOT only sealed. Megabytes of one file, of all in one sending
# (the proxy lets 30 through), of all of a request; and how many a request has.
UPLOAD_MB_EACH = int(os.environ.get("UPLOAD_MB_EACH", "10"))
UPLOAD_MB_AT_ONCE = int(os.environ.get("UPLOAD_MB_AT_ONCE", "20"))
UPLOAD_MB_ALL = int(os.environ.get("UPLOAD_MB_ALL", "100"))
UPLOAD_FILES = int(os.environ.get("UPLOAD_FILES", "40"))
FILE_UPLOAD_HANDLERS = ["cre.core.uploads.receiving.InMemory"]
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / ".data" / "media"))

# --- Languages ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# Each of these has the whole community path in its catalogue: `manage.py check_catalogues`.
LANGUAGES = [
    ("en", _("English")), ("es", _("Spanish")), ("fr", _("French")), ("pt-br", _("Portuguese (Brazil)")),
    ("ar", _("Arabic")), ("id", _("Indonesian")), ("hi", _("Hindi")), ("sw", _("Swahili")),
]  # fmt: skip
LOCALE_PATHS = [BASE_DIR / "cre" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "cre.formats"
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / ".data" / "static"))
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cre.assets.StylesFinder",
]
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Our files are for our own pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Mail and events ---------------------------------------------------------------------------------
MAIL_DIR = os.environ.get("MAIL_DIR", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.filebased.EmailBackend" if MAIL_DIR else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_FILE_PATH = MAIL_DIR or None
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "no-reply@example.org")
# Where mails lead to: the start page, never a record.
SITE_URL = os.environ.get("SITE_URL", "") or (f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/" if DEMO else "")
MAIL_DOMAIN = os.environ.get("MAIL_DOMAIN", "cre.invalid")

# How long one web request may take; the signed actor is valid for it and five seconds more, in a task for its limit.
REQUEST_LIMIT_SECONDS = number("REQUEST_LIMIT_SECONDS", 60)

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Without these a dead Redis holds every hand-over for six seconds.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,
    "interval_start": 0,
    "socket_timeout": 0.2,
    "visibility_timeout": 900,
}
CELERY_TIMEZONE = "UTC"

# `cre.logs` says what a line may hold. People read the lines of a demonstration, machines all others.
LOGGING_CONFIG = "cre.logs.set_up"
LOGGING = logging_config(level=os.environ.get("LOG_LEVEL", "INFO"), readable=DEBUG or DEMO, shows_crashes=not SECURE)
