"""Ends what a person has open."""

from allauth.usersessions.models import UserSession

from accounts.models import ApiToken, User


def end_sessions(person: User) -> None:
    """Sign a person out everywhere."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def end_everything(person: User) -> None:
    """Sign a person out everywhere and revoke every token they made."""
    end_sessions(person)
    ApiToken.objects.filter(user=person).delete()
