"""Servers named by the environment, TLS in front; a missing secret stops the start."""

from psa import env
from psa.settings.base import *  # noqa: F403  (a settings file is its parent with changes)

SECRET_KEY = env.required("PSA_SECRET_KEY")
DATABASES = {"default": env.database(env.required("DATABASE_URL"))}
CELERY_BROKER_URL = env.required("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CELERY_BROKER_URL,
    }
}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.required("PSA_SMTP_HOST")
EMAIL_PORT = env.number("PSA_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("PSA_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("PSA_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("PSA_SMTP_TLS", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Sign-in limits count by the visitor's address as the outermost of our own proxies saw it.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PSA_TRUSTED_PROXIES", 1)
SECURE_SSL_REDIRECT = env.flag("PSA_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.number("PSA_HSTS_SECONDS", 31_536_000)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
