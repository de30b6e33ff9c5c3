"""Every test begins in the installation's language, whoever read a page before it."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def language_of_the_installation() -> None:
    """Forget the language of the last request: it stays with the thread until the next one."""
    translation.deactivate()
