"""Django's admin as this product uses it: for reference data, behind the one front door."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group

# Roles follow from psa.roles; people, their factors and sessions have pages that keep the rules.
ELSEWHERE = (Group, EmailAddress, Authenticator, UserSession)


def close_side_doors() -> None:
    """Let nobody into the admin but by the sign-in page, with its limits and second factor."""
    admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth says to
    for model in ELSEWHERE:
        if admin.site.is_registered(model):
            admin.site.unregister(model)
