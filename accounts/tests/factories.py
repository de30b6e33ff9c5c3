"""People for the tests."""

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from accounts.models import User, UserKind

PASSWORD = "correct horse battery"  # noqa: S105  (opens nothing but the tests' own doors)


def _give_role(person: User, create: bool, name: str | None, **_: object) -> None:  # noqa: FBT001  (factory_boy passes it so)
    if create and name:
        person.groups.add(Group.objects.get(name=name))


class UserFactory(DjangoModelFactory[User]):
    """One of the firm's people; ``role`` puts them into the role's group.

    ``UserFactory.create(role="accountant")``; ``portal=True`` makes somebody from a client.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        portal = factory.Trait(kind=UserKind.PORTAL)

    email = factory.Sequence(lambda n: f"person{n}@firm.example")
    first_name = factory.Faker("first_name")
    last_name = factory.Faker("last_name")
    password = factory.django.Password(PASSWORD)
    role = factory.PostGeneration(_give_role)
