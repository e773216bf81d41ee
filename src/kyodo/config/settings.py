"""Settings, all from the environment (docs/operate/settings.md lists them); each has a default that works on a laptop.

Nothing here says Tokyo, and nothing is a secret: the secret key is made at the first start and kept in the data folder.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import structlog
from csp.constants import NONE, SELF
from environs import Env

env = Env()

SOURCE_DIR = Path(__file__).resolve().parents[1]
CHECKOUT_DIR = SOURCE_DIR.parents[1]
DATA_DIR = Path(env.str("KYODO_DATA_DIR", str(CHECKOUT_DIR / "var"))).resolve()


def _secret_key() -> str:
    """The installation's own key: made once, readable by its owner only."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


# ---- the installation -----------------------------------------------------------------------------------------------
SECRET_KEY = env.str("KYODO_SECRET_KEY", "") or _secret_key()
DEBUG = False
DEMO = env.bool("KYODO_DEMO", False)
DEMO_PERSONAS_FILE = CHECKOUT_DIR / "demo" / "personas.toml"
# Whom people ask who can't read or use a page: a name with telephone or address.
CONTACT = env.str("KYODO_CONTACT", "")
REGION_NAME = env.str("KYODO_REGION_NAME", "東京")
ALLOWED_HOSTS = env.list("KYODO_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
BEHIND_TLS = env.bool("KYODO_BEHIND_TLS", False)
# Where links in mails lead, for bodies without an entrance of their own.
ADDRESS = env.str("KYODO_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if BEHIND_TLS else "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if BEHIND_TLS else []
TRUSTED_PROXIES = env.int("KYODO_TRUSTED_PROXIES", 0)

# ---- parts ----------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_filters",
    "django_structlog",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "kyodo.core.ui",
    "kyodo.core.entrances",
    "kyodo.core.organisations",
    "kyodo.core.duties",
    "kyodo.core.regions",
    "kyodo.core.access",
    "kyodo.core.audit",
    "kyodo.core.checks",
    "kyodo.core.backup",
    "kyodo.core.accounts",
    "kyodo.core.factors",
    "kyodo.core.jobs",
    "kyodo.core.events",
    "kyodo.core.idempotency",
    "kyodo.core.lists",
    "kyodo.core.home",
    "kyodo.core.crawlers",
    "kyodo.core.accessibility",
    "kyodo.core.easy_japanese",
    "kyodo.core.ledger",
    "kyodo.core.files",
    "kyodo.core.sheets",
    "kyodo.core.mail",
    "kyodo.core.notifications",
    "kyodo.core.desk",
    "kyodo.core.deadlines",
    "kyodo.core.threads",
    "kyodo.core.publication",
    "kyodo.core.proxy",
    "kyodo.core.directory",
    "kyodo.core.field_calendar",
    "kyodo.core.statutes",
    "kyodo.core.decisions",
    "kyodo.core.transfers",
    "kyodo.core.mergers",
    "kyodo.core.retention",
    "kyodo.core.switches",
    "kyodo.core.first_day",
    "kyodo.core.personal",
    "kyodo.core.search",
    "kyodo.modules.needs",
    "kyodo.modules.procurement",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "kyodo.config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "kyodo.core.ui.language.LanguageMiddleware",
    "kyodo.core.gate.DoorMiddleware",
]

ROOT_URLCONF = "kyodo.config.urls"
WSGI_APPLICATION = "kyodo.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kyodo.core.ui.frame.frame",
            ],
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
                        ),
                    ],
                ),
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "kyodo.core.ui.templatetags.ui",
            ],
        },
    },
]

# ---- data -----------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": env.dj_db_url("KYODO_DATABASE_URL", f"sqlite:///{DATA_DIR / 'kyodo.sqlite3'}", conn_max_age=None),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that will write takes the lock at its start, so two of them queue instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {
    # Shared by all processes, so that a rate limit counts once; written only when something is limited.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kyodo_cache"},
}

# ---- people and sign-in ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "kyodo.core.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "【Kyodo】"
ACCOUNT_FORMS = {
    "login": "kyodo.core.accounts.sign_in_forms.LoginForm",
    "reauthenticate": "kyodo.core.accounts.sign_in_forms.ReauthenticateForm",
    "change_password": "kyodo.core.accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "kyodo.core.accounts.sign_in_forms.SetPasswordForm",
    "reset_password": "kyodo.core.accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "kyodo.core.accounts.sign_in_forms.ResetPasswordKeyForm",
}
# Slows guessing down and locks nobody out: the wait is a minute at most, and the key is name and device together
# (core/accounts/adapter). The limits of an address are high, since a whole town may stand behind one.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/key,300/m/ip",
    "login": "600/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "mail_code": "1/m/key,5/h/key",
    "header_refused": "1/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SOCIALACCOUNT_ADAPTER = "kyodo.core.accounts.adapter.SocialAccountAdapter"
# By a plain link: a form's answer that leads to another site would be stopped by our own policy (form-action).
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": env.json("KYODO_OPENID_CONNECT", [])}}
# A name that a town's own proxy passes on, believed from that proxy alone (core/accounts/header).
SIGN_IN_HEADERS = env.json("KYODO_SIGN_IN_HEADERS", [])
MFA_ADAPTER = "kyodo.core.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "kyodo.core.accounts.sign_in_forms.AuthenticateForm",
    "reauthenticate": "kyodo.core.accounts.sign_in_forms.ReauthenticateCodeForm",
    "activate_totp": "kyodo.core.accounts.sign_in_forms.ActivateTOTPForm",
    "add_webauthn": "kyodo.core.accounts.sign_in_forms.AddPasskeyForm",
    "edit_webauthn": "kyodo.core.accounts.sign_in_forms.RenamePasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kyodo"
MFA_TOTP_TOLERANCE = 1  # the clock of a telephone may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
USERSESSIONS_ADAPTER = "kyodo.core.accounts.adapter.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = False

# ---- mail -----------------------------------------------------------------------------------------------------------
_mail = env.dj_email_url("KYODO_MAIL_URL", "console:")
# Whoever sends a mail, libraries too, lays it into the queue; the worker takes it from there to the transport.
EMAIL_BACKEND = "kyodo.core.mail.backend.QueueBackend"
MAIL_TRANSPORT = _mail["EMAIL_BACKEND"]
# Days after which the text of a mail that is out is forgotten.
MAIL_TEXT_DAYS = env.int("KYODO_MAIL_TEXT_DAYS", 30)
EMAIL_HOST = _mail["EMAIL_HOST"] or "localhost"
EMAIL_PORT = _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_FILE_PATH = _mail["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("KYODO_MAIL_FROM", "kyodo@localhost")

# ---- time and words -------------------------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = env.str("KYODO_TIME_ZONE", "Asia/Tokyo")
USE_I18N = True
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "kyodo_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# ---- static files ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kyodo.core.ui.static_files.BuiltFiles"},
}

# ---- security -------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
SESSION_COOKIE_NAME = "kyodo_session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_NAME = "kyodo_csrf"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "kyodo.core.ui.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_TLS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# How large one file may be (core/files), and how many come at once: a coordinator hands in the sheets of all bodies.
UPLOAD_LIMIT_MB = env.int("KYODO_UPLOAD_LIMIT_MB", 20)
DATA_UPLOAD_MAX_NUMBER_FILES = 200

# ---- background work ------------------------------------------------------------------------------------------------
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["quick", "heavy"]},
}
# Seconds without a heartbeat after which a job's worker is taken for dead.
JOB_DEAD_AFTER = env.float("KYODO_JOB_DEAD_AFTER", 60)

# ---- log ------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.processors.format_exc_info,
            ],
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("KYODO_LOG_LEVEL", "WARNING")},
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
