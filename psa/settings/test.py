"""The suite: the same parts as always, quick password hashing, mails kept in memory."""

from psa import embedded, env
from psa.settings.base import *  # noqa: F403  (a settings file is its parent with changes)
from psa.settings.base import DATA_DIR, STORAGES

embedded.use_for_tests()
DATABASES = {"default": env.database(env.text("DATABASE_URL") or embedded.database_url())}
DATABASES["default"]["CONN_MAX_AGE"] = 0
CELERY_BROKER_URL = env.text("REDIS_URL") or embedded.redis_url()
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SECRET_KEY = "only-for-tests"  # noqa: S105  (guards nothing)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "test-media"
EINVOICE_FOLDER = DATA_DIR / "test-e-invoices"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
