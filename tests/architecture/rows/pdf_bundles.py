"""PDFs in bulk."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile

from billing.models import BundleFile, BundleItem, ItemState, PdfBundle
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]


def bundle_of(world: World) -> PdfBundle:
    """Return a bundle with the company's invoice, which could not be made."""
    facts = {"state": "failed", "document_count": 1, "fault": "disk full"}
    bundle, _made = PdfBundle.objects.get_or_create(key="k", defaults=facts)
    BundleItem.objects.get_or_create(
        bundle=bundle, invoice=world.invoice, defaults={"piece": 0, "state": ItemState.FAILED}
    )
    return bundle


def _bundle(world: World) -> Kwargs:
    return {"pk": bundle_of(world).pk}


def _file(world: World) -> Kwargs:
    bundle = bundle_of(world)
    file, _made = BundleFile.objects.get_or_create(
        bundle=bundle,
        position=0,
        defaults={"name": "a.zip", "file": ContentFile(b"PK", "a.zip"), "size": 2},
    )
    return {"pk": bundle.pk, "file_pk": file.pk}


def _of_file(world: World) -> Kwargs:
    return {"file": _file(world)["file_pk"]}


def _run(world: World) -> Kwargs:
    return {"run_pk": world.run.pk}


VIEW, ADD, CHANGE = (f"billing.{verb}_pdfbundle" for verb in ("view", "add", "change"))
ROWS: dict[str, Row] = {
    "billing:pdf-bundles": page(VIEW),
    "billing:pdf-bundle-create": form(ADD),
    "billing:pdf-bundle-chosen": action(ADD),
    "billing:pdf-bundle-of-run": action(ADD, _run),
    "billing:pdf-bundle": page(VIEW, _bundle),
    "billing:pdf-bundle-retry": action(CHANGE, _bundle),
    "billing:pdf-bundle-file": page(VIEW, _file),
    "api:pdf-bundle-list": noun("billing.pdfbundle", methods=("GET", "POST")),
    "api:pdf-bundle-detail": noun("billing.pdfbundle", _bundle),
    "api:pdf-bundle-faults": deed(VIEW, _bundle, "GET"),
    "api:pdf-bundle-retry": deed(CHANGE, _bundle),
    "api:pdf-bundle-file": Row("api", {"GET": VIEW}, _bundle, asks=_of_file),
}
