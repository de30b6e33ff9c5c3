"""What a worker does for the measurement of PDFs; Django is imported once it has begun."""

import json
import resource
import time
from dataclasses import dataclass

from bench.processes import peak_megabytes


@dataclass(frozen=True, slots=True)
class Judged:
    """The processor time that the rules took, and how often a document broke one for good."""

    spent: float
    fatal: int


def make_piece(bundle_id: int, piece: int) -> tuple[float, float]:
    """Make a piece as the queue has it made; return processor time and memory at the peak."""
    from billing.bundle_tasks import make_piece as task  # noqa: PLC0415  (set up by now)

    began = time.process_time()
    task(bundle_id=bundle_id, piece=piece)
    return time.process_time() - began, peak_megabytes()


def floor(invoice_ids: list[int]) -> float:
    """Return the processor time a document takes Typst and the Factur-X library alone."""
    import facturx  # noqa: PLC0415  (set up by now)

    from billing import paper  # noqa: PLC0415  (as above)
    from billing.appendix import look_of  # noqa: PLC0415  (as above)
    from billing.einvoice.cii import cii_of  # noqa: PLC0415  (as above)
    from billing.einvoice.files import facturx_options  # noqa: PLC0415  (as above)
    from billing.einvoice.reading import electronic  # noqa: PLC0415  (as above)
    from billing.models import Invoice  # noqa: PLC0415  (as above)

    ready = []
    for invoice in Invoice.objects.with_lines().filter(pk__in=invoice_ids):
        document = electronic(invoice)
        said = json.dumps(paper.paper_of(invoice) | look_of(invoice), ensure_ascii=False)
        ready.append((said, cii_of(document), facturx_options(invoice, document)))
    compiler = paper.compiler()
    began = time.process_time()
    for said, xml, options in ready:
        page = compiler.compile(
            format="pdf", sys_inputs={"paper": said}, pdf_standards=[paper.STANDARD]
        )
        facturx.generate_from_binary(page, xml, **options)
    return (time.process_time() - began) / len(ready)


def judge(invoice_ids: list[int]) -> Judged:
    """Hold each document against the rules, as the product does; Saxon is a process of its own."""
    from billing.einvoice.cii import cii_of  # noqa: PLC0415  (set up by now)
    from billing.einvoice.reading import electronic  # noqa: PLC0415  (as above)
    from billing.einvoice.rules import open_judge  # noqa: PLC0415  (as above)
    from billing.models import Invoice  # noqa: PLC0415  (as above)

    fatal = 0
    before = _spent()
    rows = Invoice.objects.with_lines().filter(pk__in=invoice_ids).order_by("pk")
    with open_judge() as those:
        for invoice in rows.iterator(chunk_size=100):
            found = those.findings(cii_of(electronic(invoice)))
            fatal += any(one.is_fatal for one in found)
    return Judged(_spent() - before, fatal)


def _spent() -> float:
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
