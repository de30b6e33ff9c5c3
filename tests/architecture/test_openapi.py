"""The description of the API that is checked in is the one that the product serves."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command

DESCRIPTION = settings.BASE_DIR / "docs" / "openapi.yaml"


def test_the_description_of_the_api_is_up_to_date() -> None:
    written = StringIO()

    call_command("spectacular", "--validate", "--fail-on-warn", stdout=written)

    assert written.getvalue().strip() == DESCRIPTION.read_text(encoding="utf-8").strip(), (
        "make it anew: manage.py spectacular --file docs/openapi.yaml"
    )
