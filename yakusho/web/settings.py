"""Settings of the house, read from the environment that the launcher sets."""

import os
import tomllib
from pathlib import Path

from csp.constants import NONE, SELF

from yakusho.web.discovery import installed_apps

BASE_DIR = Path(__file__).resolve().parent.parent.parent
HOME = Path(os.environ.get("YAKUSHO_HOME", BASE_DIR))
STATE = Path(os.environ.get("YAKUSHO_STATE", HOME / "var"))
SECRETS = Path(os.environ.get("YAKUSHO_SECRETS", STATE / "secrets"))
PACKAGED = BASE_DIR / "yakusho" / "_data"
CITIES = BASE_DIR / "cities" if (BASE_DIR / "cities").exists() else PACKAGED / "cities"
CITY_DIR = CITIES / os.environ.get("YAKUSHO_CITY", "morioka")
CITY = tomllib.loads((CITY_DIR / "city.toml").read_text("utf-8"))
SAMPLE_CITY = bool(CITY.get("sample", False))
PRODUCTION = os.environ.get("YAKUSHO_PRODUCTION") == "1"
SAMPLE_CARDS = Path(os.environ.get("YAKUSHO_SAMPLE_CARDS", STATE / "sample_cards"))  # each city has its own
RECORD = os.environ.get("YAKUSHO_RECORD", "")  # folder of the published log, where it is not in the state folder
NODE = os.environ.get("YAKUSHO_NODE", "node-1")
BUILD = os.environ.get("YAKUSHO_BUILD", "")  # digest of an image that never changes, where the program comes as one
CLOCK = ""  # tests may name a callable that returns an aware datetime


def secret(name: str) -> str:
    """A secret that the launcher made at first start; its absence stops the start."""
    return (SECRETS / name).read_text("utf-8").strip()


def database(user: str) -> dict[str, object]:
    """The city's database as one of its roles: owner (migrations), app (serving), render (one subject only)."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ.get("YAKUSHO_DB_HOST", str(STATE / "pg" / "run")),
        "NAME": os.environ.get("YAKUSHO_DB_NAME", "city"),
        "USER": user,
        "PASSWORD": secret("db_" + user.removeprefix("yakusho_")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"},
        "TEST": {"MIGRATE": False},
    }


DATABASES = {
    "default": database(os.environ.get("YAKUSHO_DB_USER", "yakusho_app")),
    "render": database("yakusho_render"),
}
DATABASE_ROUTERS: list[str] = []

SECRET_KEY = secret("django_key")
DEBUG = False
ALLOWED_HOSTS = [os.environ["YAKUSHO_HOST"]] if os.environ.get("YAKUSHO_HOST") else ["localhost", "127.0.0.1"]
ROOT_URLCONF = "yakusho.web.urls"
WSGI_APPLICATION = "yakusho.web.wsgi.application"
AUTH_USER_MODEL = "identity.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "csp",
    "procrastinate.contrib.django",
    *installed_apps(),
]

REHEARSAL = os.environ.get("YAKUSHO_WATCH") == "1"  # every statement is watched, static files come from the source tree
WHITENOISE_USE_FINDERS = REHEARSAL
_WATCH = ["yakusho.web.watch.WatchMiddleware"] if REHEARSAL else []
MIDDLEWARE = [
    *_WATCH,
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yakusho.blocks.pages.middleware.ClockMiddleware",
    "yakusho.blocks.pages.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yakusho.blocks.identity.middleware.ActorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                ("yakusho.blocks.pages.compiled.loader.Loader", ["django.template.loaders.app_directories.Loader"])
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "yakusho.blocks.pages.context.city",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "yakusho.blocks.pages.templatetags.pages",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English"), ("ja-easy", "やさしい日本語")]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
_NODE = HOME / "node_modules"
STATICFILES_DIRS = [
    (prefix, _NODE / folder)
    for prefix, folder in (
        ("tokens", "@digital-go-jp/design-tokens/dist"),
        ("font", "@fontsource-variable/noto-sans-jp"),
        ("htmx", "htmx.org/dist"),
    )
    if (_NODE / folder).exists()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_MIMETYPES = {".mjs": "text/javascript"}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
CSRF_FAILURE_VIEW = "yakusho.blocks.pages.errors.csrf_failed"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Browsers take a __Host- cookie over TLS alone, and from no neighbouring host.
_HOST_ONLY = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{_HOST_ONLY}sessionid"
CSRF_COOKIE_NAME = f"{_HOST_ONLY}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_HOST_ONLY}lang"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # what was done is told in no cookie
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^api/"]  # a program that forgot TLS is refused (identity.middleware), not led on
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("YAKUSHO_BEHIND_TLS_PROXY") else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("YAKUSHO_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("YAKUSHO_SMTP_PORT", "25"))
EMAIL_USE_TLS = os.environ.get("YAKUSHO_SMTP_TLS", "1" if PRODUCTION else "0") == "1"
DEFAULT_FROM_EMAIL = CITY.get("mail_from", "noreply@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "yakusho.web.logs.Line"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # pages.errors says it, with the number that people are told
        "django.request": {"handlers": [], "level": "CRITICAL"},
    },
}
