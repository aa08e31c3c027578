"""Django's settings. What an operator may set comes from the environment and is listed in docs/guia/operacion.md."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[3]
STATE = Path(os.environ.get("CALPULLI_STATE") or ROOT / ".calpulli").absolute()
INSTITUTE = os.environ.get("INSTITUTE", "demo")
INSTITUTES_DIR = Path(os.environ.get("CALPULLI_INSTITUTES", ROOT / "institutes"))
KEYS_DIR = Path(os.environ.get("CALPULLI_KEYS", STATE / "keys"))
FILES_DIR = Path(os.environ.get("CALPULLI_FILES", STATE / "files"))
VERIFIER_PAGE = ROOT / "verifier" / "verificador.html"


def secret_key() -> str:
    """The key of sessions and forms: from `CALPULLI_SECRET_KEY`, or made once and kept in the state folder."""
    given = os.environ.get("CALPULLI_SECRET_KEY")
    if given:
        return given
    file = STATE / "secret_key"
    if not file.exists():
        STATE.mkdir(parents=True, exist_ok=True)
        _write_once(file, secrets.token_urlsafe(48))
    return file.read_text().strip()


def _write_once(file: Path, text: str) -> None:
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(text)
    except FileExistsError:  # another process was first
        return


# No more threads than connections, so that one is only ever waited for while the database is away: then a person gets the
# page that says so within seconds, and attempts that gave up soon leave room for the one that finds it back.
POOL = {"min_size": 1, "max_size": 4, "timeout": 2, "reconnect_timeout": 4}


def database(url: str) -> dict[str, object]:
    """Django's form of a `postgresql://` address; `?host=` carries the folder of a socket."""
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": query.get("port") or str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        # Threads of the server share few connections; a command needs one and no pool.
        "OPTIONS": {"pool": POOL} if os.environ.get("CALPULLI_POOL") == "1" else {},
        "TEST": {"TEMPLATE": "template0"},
    }


SITE_URL = os.environ.get("DATABASE_URL", "postgresql://calpulli_site@/calpulli")
OWNER_URL = os.environ.get("DATABASE_OWNER_URL", SITE_URL)
SITE_ROLE = unquote(urlsplit(SITE_URL).username or "")
DATABASES = {"default": database(OWNER_URL if os.environ.get("CALPULLI_DATABASE_ROLE") == "owner" else SITE_URL)}

SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("CALPULLI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CALPULLI_ORIGINS", "").split(",") if origin]
# Where the site is read from, for what is read elsewhere: the addresses in a mail, those that a record carries.
SITE_ADDRESS = (
    os.environ.get("CALPULLI_ADDRESS") or next(iter(CSRF_TRUSTED_ORIGINS), f"http://127.0.0.1:{os.environ.get('PORT') or 8000}")
).rstrip("/")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def mail_server(url: str) -> dict[str, object] | None:
    """Django's settings of a mail server: `smtp://account:password@host:587` (`?tls=no` without encryption), or `smtps://`."""
    parts = urlsplit(url)
    if not url:
        return None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("CALPULLI_MAIL_URL: smtp://cuenta:clave@servidor:587 o smtps://cuenta:clave@servidor:465")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parse_qs(parts.query).get("tls") != ["no"],
    }


MAIL_SERVER = mail_server(os.environ.get("CALPULLI_MAIL_URL", ""))
MAIL_FROM = os.environ.get("CALPULLI_MAIL_FROM", "avisos@localhost")
MAIL_TIMEOUT_S = 20
globals().update(MAIL_SERVER or {})
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_SERVER else 'dummy'}.EmailBackend"
EMAIL_USE_LOCALTIME = False

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "calpulli.ledger",
    "calpulli.commons",
    "calpulli.notices",
    "calpulli.norms",
    "calpulli.people",
    "calpulli.planning",
    "calpulli.annual",
    "calpulli.budget",
    "calpulli.indicators",
    "calpulli.transparency",
    "calpulli.site",
]
MIDDLEWARE = [
    "calpulli.site.middleware.request_line",
    "calpulli.site.languages.language_of_address",
    "calpulli.site.middleware.one_look",
    "calpulli.site.middleware.refuse_large",
    "calpulli.site.middleware.receive_forms",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "calpulli.site.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "calpulli.people.sessions.keep",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "calpulli.site.urls"
WSGI_APPLICATION = "calpulli.site.wsgi.application"
TEMPLATE_FOLDERS = [
    ROOT / "src" / name.replace(".", "/") / "templates" for name in INSTALLED_APPS if name.startswith("calpulli.")
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": TEMPLATE_FOLDERS,
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "calpulli.commons.page_parts.environment",
            "context_processors": [
                "calpulli.commons.page_parts.account_context",
                "calpulli.site.context.institute_context",
            ],
        },
    }
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/estatico/"
STATIC_ROOT = STATE / "static"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# A word that found nothing is written down once it was searched so often within so many days; then it is forgotten.
SEARCH_MISS_FLOOR, SEARCH_MISS_DAYS = 5, 30
# Of the provider that `[signing.identity]` of institute.toml names; without it nobody signs in through one.
IDENTITY_SECRET = os.environ.get("CALPULLI_IDENTITY_SECRET", "")
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/mesa"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# No institute may keep a session open for longer; how long it does is its own setting (`[signing]` of institute.toml).
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("CALPULLI_HTTPS") == "1"
BEHIND_PROXY = SESSION_COOKIE_SECURE  # HTTPS ends at a proxy of ours, which names scheme and address
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "calpulli.site.pages.csrf_failure"
# The largest file that a person may bring, and what a form with three of them and its texts may weigh.
LARGEST_FILE = int(os.environ.get("CALPULLI_LARGEST_FILE_MB") or 8) * 1024 * 1024
LARGEST_BODY = 3 * LARGEST_FILE + 1024 * 1024
FORMS_AT_ONCE = 3  # bodies read at once by a process: one fewer than its threads (serving.THREADS)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # what is not a file
MOST_PIXELS = 30_000_000  # of an image: decoded it takes three bytes for each, twice
APPEND_SLASH = False

LANGUAGE_CODE = "es-mx"
LANGUAGES = [("es-mx", "Español"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "calpulli" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Mexico_City"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "calpulli.site.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "calpulli.requests": {"level": "INFO"},
        # Below an error it would tell a second time, with the path, what the request's own line tells without it.
        "django.request": {"level": "ERROR"},
    },
}
