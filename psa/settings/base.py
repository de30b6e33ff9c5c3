"""What every way of running the project shares."""

from datetime import timedelta
from typing import Any

import django_stubs_ext
import pghistory
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from psa import env

django_stubs_ext.monkeypatch()  # forms and admin classes may name their model in brackets

BASE_DIR = env.CHECKOUT
DATA_DIR = env.data_folder()
DEBUG = False
ALLOWED_HOSTS = env.words("PSA_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("PSA_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "psa.apps.PsaConfig",
    "portal.apps.PortalConfig",
    "dashboards.apps.DashboardsConfig",
    "payments.apps.PaymentsConfig",
    "ledger.apps.LedgerConfig",
    "collecting.apps.CollectingConfig",
    "billing.apps.BillingConfig",
    "tickets.apps.TicketsConfig",
    "contracts.apps.ContractsConfig",
    "catalog.apps.CatalogConfig",
    "clients.apps.ClientsConfig",
    "accounts.apps.AccountsConfig",
    "core.apps.CoreConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "psa.apps.ServedStaticFilesConfig",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "pghistory",
    "pgtrigger",
    "rules.apps.AutodiscoverRulesConfig",
    "django_filters",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "django_cotton.apps.SimpleAppConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "psa.middleware.ReaderLanguage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.SecondFactorFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "psa.middleware.HtmxManners",
]

ROOT_URLCONF = "psa.urls"
WSGI_APPLICATION = "psa.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "core.templatetags.components",
                "template_partials.templatetags.partials",
                "core.templatetags.formats",
            ],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "psa.context_processors.shell",
            ],
        },
    }
]

FORM_RENDERER = "core.form_renderer.QuickTemplates"
# A component sees its attributes and what context processors give, never its page's variables.
COTTON_ISOLATE_BY_DEFAULT = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
KNOX_TOKEN_MODEL = "accounts.ApiToken"  # noqa: S105  (a model, not a secret)
ACCOUNT_ADAPTER = "accounts.adapters.FirmAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# Nobody can make the firm write to a stranger; the page says the same in both cases.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/300s/key"}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Fixpoint"
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
STAFF_NEED_SECOND_FACTOR = env.flag("PSA_STAFF_SECOND_FACTOR", default=False)
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STRIPE_API_BASE = env.text("PSA_STRIPE_API_BASE", "https://api.stripe.com")
EINVOICE_FOLDER = env.folder("PSA_EINVOICE_FOLDER", DATA_DIR / "e-invoices")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900, "unacked_restore_throttle": 1}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "psa.tasks.sweep", "schedule": 60.0},
    "platform of e-invoices": {"task": "billing.tasks.hand_over_documents", "schedule": 60.0},
    "rules of e-invoices": {"task": "billing.tasks.check_rules_of_documents", "schedule": 60.0},
    "top up prepaid hours": {"task": "billing.tasks.sweep_blocks", "schedule": 3600.0},
    "warn of low hours": {"task": "billing.tasks.sweep_low_hours", "schedule": 3600.0},
    "post books": {"task": "ledger.tasks.post_books", "schedule": 300.0},
    "remind clients": {"task": "collecting.tasks.remind_clients", "schedule": 1800.0},
    "direct debits": {"task": "payments.tasks.sweep_debits", "schedule": 60.0},
    "prepare direct debits": {"task": "payments.tasks.prepare_batches", "schedule": 3600.0},
    "maintenance": {"task": "tickets.tasks.raise_maintenance", "schedule": 900.0},
    "files never sent": {"task": "tickets.tasks.forget_files", "schedule": 3600.0},
    "terms of contracts": {"task": "contracts.tasks.sweep_terms", "schedule": 900.0},
}

PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
PGHISTORY_APPEND_ONLY = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.ApiTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.MayUse"],
    "EXCEPTION_HANDLER": "core.api.refusals.answer_refusal",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Fixpoint",
    "DESCRIPTION": "Everything the screens can do, for programs.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ChargeUnit": "billing.models.Unit.choices",
        "ChargeKind": "billing.models.ChargeKind.choices",
        "LineUnit": "contracts.models.LineUnit.choices",
        "ChangeEffect": "contracts.models.ChangeEffect.choices",
        "CoverageEffect": "contracts.models.CoverageEffect.choices",
        "TaxCodeEnum": "catalog.models.TaxCode.choices",
        "Weekday": "contracts.models.Weekday.choices",
        "BlockUnit": "contracts.models.BlockUnit.choices",
        "PaymentMethod": "billing.models.PaymentMethod.choices",
        "DayStatus": "tickets.models.DayStatus.choices",
        "StatusEnum": "billing.models.InvoiceStatus.choices",
        "EndKind": "contracts.models.EndKind.choices",
        "SaidEndKind": "contracts.api.terms_serializers.END_KINDS",
        "NoteSource": "tickets.models.NoteSource.choices",
        "PromiseSource": "tickets.models.PromiseSource.choices",
        "ClosingKind": "billing.models.ClosingKind.choices",
        "LevelEnum": "tickets.models.Level.choices",
        "ReminderLevel": "collecting.models.Level.choices",
        "PromiseKind": "tickets.models.PromiseKind.choices",
    },
}

EMAIL_BACKEND = "psa.mail.KeptMailBackend"
DEFAULT_FROM_EMAIL = env.text("PSA_MAIL_FROM", "no-reply@localhost")
PUBLIC_URL = env.text("PSA_PUBLIC_URL", "http://127.0.0.1:8000")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("PSA_LOG_LEVEL", "WARNING").upper()},
}
