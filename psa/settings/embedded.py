"""One machine, one command: PostgreSQL and Valkey embedded unless servers are named."""

from psa import embedded, env
from psa.settings.base import *  # noqa: F403  (a settings file is its parent with changes)
from psa.settings.base import DATA_DIR, STORAGES

DATABASES = {"default": env.database(env.text("DATABASE_URL") or embedded.database_url())}
_REDIS = env.text("REDIS_URL")
CELERY_BROKER_URL = _REDIS or embedded.redis_url()
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _REDIS or embedded.cache_url(),
    }
}
SECRET_KEY = env.text("PSA_SECRET_KEY") or embedded.secret_key(DATA_DIR)
# On one machine nothing travels: compressing every file would only make the first start slow.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
