"""A statement of account as the desk and the portal show it."""

from datetime import date
from typing import Any

from django.http import HttpResponse

from clients.models import Client, LegalEntity
from collecting.queries.statements import move_text, statements_of
from collecting.statement_paper import age_names, statement_pdf


def statement_shown(client: Client, first_on: date, last_on: date) -> dict[str, Any]:
    """Return what the pages show of a client's account over these days."""
    found = statements_of(client, first_on, last_on, LegalEntity.objects.current().zone)
    return {
        "client": client,
        "first_on": first_on,
        "last_on": last_on,
        "statements": [
            {
                "currency": one.currency,
                "statement": one.statement,
                "lines": [(move_text(line.move), line) for line in one.statement.lines],
                "ages": list(zip(age_names(), one.statement.parts, strict=True)),
            }
            for one in found
        ],
    }


def pdf_answer(client: Client, entity: LegalEntity, first_on: date, last_on: date) -> HttpResponse:
    """Return a client's statement as a file to keep."""
    pdf = statement_pdf(client, entity, first_on, last_on, client.language)
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = f"{client.code}-{first_on:%Y%m%d}-{last_on:%Y%m%d}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
