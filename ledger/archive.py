"""Taking the chain and its documents out, signed, so that they verify without the product."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from hashlib import sha256
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import ExportKind, InvoiceDocument
from billing.operations.record_export import ExportedFile, record_export
from clients.models import LegalEntity
from core.secret_box import SecretLost, unseal
from ledger.exporting import CHUNK, IN_MEMORY, ExportRefused, Taken, digest_of_file
from ledger.models import ArchiveKey
from ledger.operations.make_archive_key import make_archive_key
from ledger.queries.archive_links import Kept, Reach, links_of, reach_of
from ledger.queries.vat_sources import Span

FORM = "fixpoint-archive-1"
VERIFIER = Path(__file__).parent / "verifier" / "verify.py"
_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
README = """\
An archive of the books of {company}.

chain.jsonl    the links of the chain: each hash is of the one before, position, event and digest
forms.jsonl    what each link holds, line by line, in the form that its digest is taken of
copies.jsonl   the parties and legal mentions of documents, which name them by their digest
pdf/           the documents as they were first made
manifest.json  all files with size and SHA-256, the ends of the chain, and the public key
manifest.sig   the Ed25519 signature of manifest.json, in hexadecimal
verify.py      verifies all of it; needs Python 3.8 or later and nothing else:

    python verify.py

Compare the public key with the one that {company} has given you: verify.py --key KEY

---

Une archive de la comptabilité de {company}.

chain.jsonl    les maillons de la chaîne : chaque empreinte porte sur la précédente, la position,
               l'événement et l'empreinte du contenu
forms.jsonl    ce que contient chaque maillon, ligne par ligne, dans la forme dont on prend
               l'empreinte
copies.jsonl   les parties et les mentions légales des documents, qui les nomment par leur empreinte
pdf/           les documents tels qu'ils ont été produits
manifest.json  tous les fichiers avec taille et SHA-256, les bouts de la chaîne, la clé publique
manifest.sig   la signature Ed25519 de manifest.json, en hexadécimal
verify.py      vérifie le tout ; il suffit de Python 3.8 ou plus récent : python verify.py

Comparez la clé publique à celle que {company} vous a remise : verify.py --key CLÉ
"""


def export_archive(*, entity: LegalEntity, span: Span, actor: User | None) -> Taken:
    """Write the archive of some days, sign it, and keep in the chain that it was taken out.

    :raises ExportRefused: nothing belongs to the days, the key cannot be read, or something is not
        as it was sealed
    """
    reach = reach_of(entity, span)
    if reach is None:
        raise ExportRefused(_("Nothing happened in these days."))
    key = make_archive_key(entity_id=entity.pk)
    with ExitStack() as unless_handed_on:
        content: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed by the stack)
        unless_handed_on.callback(content.close)
        with ZipFile(content, "w", ZIP_DEFLATED) as pack:
            writer = _Writer(pack, entity)
            writer.add("README.txt", README.format(company=entity.name).encode())
            writer.add("verify.py", VERIFIER.read_bytes())
            writer.add_links(links_of(entity, reach))
            writer.sign(key, span, reach)
        name = f"archive-{span.since:%Y%m%d}-{span.until:%Y%m%d}.zip"
        count = reach.last - reach.first + 1
        digest = digest_of_file(content)
        file = ExportedFile(ExportKind.ARCHIVE, span.since, span.until, name, count, digest)
        export = record_export(entity_id=entity.pk, file=file, actor=actor)
        unless_handed_on.pop_all()
        return Taken(export, content)


class _Writer:
    """Writes the files of an archive and keeps their digests for the manifest."""

    def __init__(self, pack: ZipFile, entity: LegalEntity) -> None:
        self._pack = pack
        self._entity = entity
        self._files: list[tuple[str, int, str]] = []
        self._copies: dict[str, None] = {}
        self._chain: dict[str, Any] = {}
        self._without_pdf: list[str] = []

    def add(self, name: str, content: bytes, kind: int = ZIP_DEFLATED) -> None:
        """Write a file that fits into memory."""
        self._pack.writestr(name, content, kind)
        self._files.append((name, len(content), sha256(content).hexdigest()))

    def add_links(self, links: Iterator[Kept]) -> None:
        """Write the links, what they hold, the copies that documents name, and their files."""
        with TemporaryFile() as chain, TemporaryFile() as forms, TemporaryFile() as copies:
            for kept in links:
                self._guard(kept)
                chain.write(_text(_said(kept)).encode() + b"\n")
                forms.write(kept.form.encode() + b"\n")
                for digest, text in kept.copies.items():
                    if digest not in self._copies:
                        self._copies[digest] = None
                        copies.write(text.encode() + b"\n")
                self._add_pdf(kept)
                self._follow(kept)
            for name, file in (("chain", chain), ("forms", forms), ("copies", copies)):
                self._copy(f"{name}.jsonl", file)

    def _guard(self, kept: Kept) -> None:
        if sha256(kept.form.encode()).hexdigest() != kept.entry.digest:
            raise ExportRefused(
                _("%(name)s is not as it was sealed; check_books says what was altered.")
                % {"name": kept.name}
            )

    def _follow(self, kept: Kept) -> None:
        entry = kept.entry
        if not self._chain:
            self._chain = {"first": entry.position, "previous_hash": entry.previous_hash}
        self._chain |= {"last": entry.position, "hash": entry.hash}

    def _add_pdf(self, kept: Kept) -> None:
        if not kept.entry.invoice_id:
            return
        content = _read(kept.pdf)
        if content is None or kept.pdf is None:
            self._without_pdf.append(kept.name)
            return
        if sha256(content).hexdigest() != kept.pdf.sha256:
            raise ExportRefused(
                _("The file of %(name)s is not the one that was made.") % {"name": kept.name}
            )
        self.add(f"pdf/{kept.name.replace('/', '_')}.pdf", content, ZIP_STORED)

    def _copy(self, name: str, file: IO[bytes]) -> None:
        file.seek(0)
        digest, size = sha256(), 0
        with self._pack.open(name, "w") as target:
            while chunk := file.read(CHUNK):
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self._files.append((name, size, digest.hexdigest()))

    def sign(self, key: ArchiveKey, span: Span, reach: Reach) -> None:
        """Write the manifest and its signature."""
        manifest = {
            "form": FORM,
            "company": {
                "name": self._entity.name,
                "registration_number": self._entity.registration_number,
            },
            "since": span.since.isoformat(),
            "until": span.until.isoformat(),
            "chain": {**self._chain, "first": reach.first, "last": reach.last},
            "files": sorted(self._files),
            "without_pdf": self._without_pdf,
            "public_key": key.public_key,
        }
        raw = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
        self._pack.writestr("manifest.json", raw)
        self._pack.writestr("manifest.sig", _private(key).sign(raw).hex() + "\n")


def _read(pdf: InvoiceDocument | None) -> bytes | None:
    """Return the file of a document, None where no worker has made it or it is gone."""
    if pdf is None:
        return None
    try:
        with closing(pdf.file.open("rb")) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def _private(key: ArchiveKey) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(unseal(key.sealed_key)))
    except SecretLost as lost:
        raise ExportRefused(
            _(
                "The key that signs archives can no longer be read, since the installation's secret"
                " key is another one. Put the old one among the fallbacks, or make another key with"
                " archive_books --new-key."
            )
        ) from lost


def _said(kept: Kept) -> dict[str, Any]:
    entry = kept.entry
    return {
        "position": entry.position,
        "event": entry.event,
        "name": kept.name,
        "digest": entry.digest,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
        "recorded_at": entry.recorded_at.isoformat(),
    }
