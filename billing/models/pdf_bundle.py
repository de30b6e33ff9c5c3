"""PDFs of many documents, packed for one download."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from billing.models.invoice import Invoice
from core.addresses import address_of
from core.display import month_text

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class BundleState(models.TextChoices):
    """How far it is."""

    MAKING = "making", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")
    EXPIRED = "expired", _("expired")


class BundleContents(models.TextChoices):
    """What is packed."""

    EACH = "each", _("a ZIP with one file for each document")
    PRINT = "print", _("files to print, many documents in one")
    BOTH = "both", _("both")


class PdfBundleQuerySet(models.QuerySet["PdfBundle"]):
    """Bundles, by who may see them and how far they are."""

    def visible_to(self, user: "User | AnonymousUser") -> "PdfBundleQuerySet":
        """Return the bundles: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()

    def with_counts(self) -> "PdfBundleQuerySet":
        """Add how many documents are made, and how many could not be."""
        counted = self.annotate(
            made_count=Count("items", filter=Q(items__state=ItemState.MADE)),
            failed_count=Count("items", filter=Q(items__state=ItemState.FAILED)),
        )
        return counted.order_by("-asked_at", "-pk")  # counting loses the order of the model


class PdfBundle(models.Model):
    """The PDFs of a month, of a run or of chosen documents, for download until they expire.

    ``key`` names documents and contents: while a bundle is being made, asking for the same again
    returns it.
    """

    key = models.CharField(_("key"), max_length=64)
    month = models.DateField(_("month"), null=True, blank=True)
    run = models.ForeignKey(
        "billing.BillingRun",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("billing run"),
    )
    contents = models.CharField(
        _("contents"), max_length=8, choices=BundleContents.choices, default=BundleContents.EACH
    )
    state = models.CharField(
        _("state"), max_length=8, choices=BundleState.choices, default=BundleState.MAKING
    )
    document_count = models.PositiveIntegerField(_("documents"))
    fault = models.TextField(_("what went wrong"), blank=True)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    objects = PdfBundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("bundle of PDFs")
        verbose_name_plural = _("bundles of PDFs")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state=BundleState.MAKING),
                name="billing_pdfbundle_one_at_work",
            ),
        ]

    def __str__(self) -> str:
        if self.month:
            return gettext("PDFs of %(month)s") % {"month": month_text(self.month)}
        if self.run_id:
            return gettext("PDFs of billing run %(run)s") % {"run": self.run_id}
        return ngettext(
            "PDF of %(n)d chosen document", "PDFs of %(n)d chosen documents", self.document_count
        ) % {"n": self.document_count}

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return address_of("billing:pdf-bundle", self.pk)

    @property
    def is_being_made(self) -> bool:
        """Whether workers are still at it."""
        return self.state == BundleState.MAKING

    @property
    def is_expired(self) -> bool:
        """Whether its files are gone."""
        return self.state == BundleState.EXPIRED


class ItemState(models.TextChoices):
    """How far the document is."""

    WAITING = "waiting", _("waiting")
    MADE = "made", _("made")
    FAILED = "failed", _("failed")


class BundleItem(models.Model):
    """A document of a bundle; those of one piece are made by one task."""

    bundle = models.ForeignKey(
        PdfBundle, models.CASCADE, related_name="items", verbose_name=_("bundle of PDFs")
    )
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="+", verbose_name=_("document")
    )
    piece = models.PositiveIntegerField(_("piece"))
    state = models.CharField(
        _("state"), max_length=8, choices=ItemState.choices, default=ItemState.WAITING
    )
    fault = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        verbose_name = _("document of a bundle")
        verbose_name_plural = _("documents of a bundle")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "invoice"], name="billing_bundleitem_once"),
        ]
        indexes = [
            models.Index(
                fields=["bundle", "piece"],
                condition=Q(state="waiting"),
                name="billing_bundleitem_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id}: {self.invoice_id}"


def place_of(file: "BundleFile", name: str) -> str:
    """Return where a file of a bundle is kept."""
    return f"bundles/{file.bundle_id}/{name}"


class BundleFile(models.Model):
    """A file of a bundle that can be downloaded."""

    bundle = models.ForeignKey(
        PdfBundle, models.CASCADE, related_name="files", verbose_name=_("bundle of PDFs")
    )
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=120)
    file = models.FileField(_("file"), upload_to=place_of)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("file of a bundle")
        verbose_name_plural = _("files of a bundle")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "position"], name="billing_bundlefile_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address it is downloaded from."""
        return reverse("billing:pdf-bundle-file", args=[self.bundle_id, self.pk])
