"""Logo, colour and evidence: on paper, refused where they cannot be printed."""

import zlib
from base64 import b64encode
from decimal import Decimal
from io import BytesIO
from struct import pack

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pdfminer.high_level import extract_text

from accounts.models import User
from billing.domain.picture import NoPicture, contrast_with_white, size_of
from billing.models import Invoice, Letterhead
from billing.paper import render_pdf
from billing.tests.credited import issued_invoice
from clients.models import LegalEntity
from clients.tests.factories import LegalEntityFactory
from tests.plugins.cast import SignIn


def png(width: int, height: int) -> bytes:
    """Return a red picture, written after the format's description."""
    lines = (b"\x00" + b"\xc0\x10\x20" * width) * height
    header = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        png(2, 2)[:-1],
        png(2, 2)[:-12],
        png(2, 2).replace(b"IDAT", b"IDAX"),
        png(4001, 1),
    ],
)
def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NoPicture):
        size_of(content)


def test_a_picture_tells_its_size_and_a_colour_its_contrast() -> None:
    assert size_of(png(12, 5)) == (12, 5)
    assert contrast_with_white("#000000") == 21
    assert contrast_with_white("#ffffff") == 1
    assert round(contrast_with_white("#767676"), 2) == Decimal("4.54")  # WCAG's own example


def printed(language: str = "en", **look: object) -> tuple[pikepdf.Pdf, str]:
    """Return an invoice printed with a letterhead, and its text."""
    invoice = issued_invoice(client__language=language)
    Letterhead.objects.create(legal_entity=invoice.legal_entity, **look)
    pdf = render_pdf(Invoice.objects.with_lines().get(pk=invoice.pk))
    return pikepdf.open(BytesIO(pdf)), extract_text(BytesIO(pdf))


@pytest.mark.parametrize(
    ("size", "tenths"), [((300, 80), 620), ((80, 300), 45), ((50, 50), 170), ((1, 4000), 1)]
)
def test_a_logo_is_as_wide_or_as_high_as_its_place(size: tuple[int, int], tenths: int) -> None:
    assert Letterhead(logo=png(*size)).logo_width == tenths


@pytest.mark.django_db
def test_the_logo_stands_on_paper_in_the_firms_colour_and_it_stays_an_archive_file() -> None:
    file, _text = printed(logo=png(120, 30), accent="#8a1c3b")

    with file:
        drawings = (one for one in file.objects if isinstance(one, pikepdf.Stream))
        pictures = [one for one in drawings if one.get("/Subtype") == "/Image"]
        assert [(one.Width, one.Height) for one in pictures] == [(120, 30)]
        assert file.check_pdf_syntax() == []
        with file.open_metadata() as about:
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "B")
        drawn = file.pages[0].Contents.read_bytes()
        assert b"0.5411765 0.10980392 0.23137255" in drawn  # 8a 1c 3b of 255


@pytest.mark.django_db
def test_the_evidence_stands_at_the_end_where_it_is_wanted() -> None:
    _file, without = printed()
    Letterhead.objects.all().delete()
    file, text = printed(prints_evidence=True)

    entry = Invoice.objects.latest("pk").charges.get(position=2).claims.get().time_entry
    assert entry is not None
    assert "What the lines rest on" not in without
    assert "What the lines rest on" in text
    appendix = text.partition("What the lines rest on")[2]
    assert f"{entry.ticket.number} · Remote, 10 March 2026" in appendix
    assert str(entry.technician) in appendix
    assert "1:30" in appendix or "1 h 30" in appendix
    assert "Workstation care" not in appendix  # a month of a contract says all on its line
    assert entry.note == "" or entry.note not in appendix
    assert len(file.pages) == 2


@pytest.mark.django_db
def test_an_administrator_sets_the_look_and_learns_what_cannot_be_printed(
    administrator: User, sign_in: SignIn
) -> None:
    entity = LegalEntityFactory.create()
    browser, url = sign_in(administrator), reverse("billing:letterhead", args=[entity.pk])
    picture = SimpleUploadedFile("logo.png", png(8, 8), "image/png")

    light = browser.post(url, {"accent": "#ffee00"})
    broken = browser.post(
        url, {"accent": "#8a1c3b", "picture": SimpleUploadedFile("logo.png", b"GIF89a")}
    )
    assert (light.status_code, broken.status_code) == (422, 422)
    assert "choose a darker one" in light.content.decode()
    assert "save the logo as PNG" in broken.content.decode()
    assert not Letterhead.objects.exists()
    browser.post(url, {"accent": "#8A1C3B", "picture": picture, "prints_evidence": "on"})
    browser.post(url, {"accent": "#8a1c3b", "prints_evidence": "on"})

    head = Letterhead.objects.get()
    assert (head.accent, head.prints_evidence, bytes(head.logo)) == ("#8a1c3b", True, png(8, 8))
    assert "data:image/png;base64," in browser.get(url).content.decode()
    browser.post(url, {"accent": "#8a1c3b", "forgets_logo": "on"})
    assert bytes(Letterhead.objects.get().logo) == b""


@pytest.mark.django_db
def test_programs_set_the_look(administrator: User, sign_in: SignIn) -> None:
    LegalEntityFactory.create()
    entity, browser = LegalEntity.objects.current(), sign_in(administrator)
    url = reverse("api:letterhead-list")
    logo = b64encode(png(8, 8)).decode()

    refused = browser.post(
        url, {"legal_entity": entity.pk, "logo": "no", "accent": "red"}, "application/json"
    )
    made = browser.post(
        url, {"legal_entity": entity.pk, "logo": logo, "accent": "#8a1c3b"}, "application/json"
    )

    assert set(refused.json()["error"]["fields"]) == {"logo", "accent"}
    assert made.status_code == 201
    assert (made.json()["logo"], made.json()["accent"]) == (logo, "#8a1c3b")
