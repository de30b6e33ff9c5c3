"""PDFs in bulk in the API."""

from rest_framework import serializers

from accounts.models import User
from billing.models import (
    BillingRun,
    BundleContents,
    BundleFile,
    BundleItem,
    Invoice,
    PdfBundle,
)


class BundleFileSerializer(serializers.ModelSerializer[BundleFile]):
    """A file of a bundle."""

    class Meta:
        model = BundleFile
        fields = ("id", "name", "size", "sha256")
        read_only_fields = fields


class BundleFaultSerializer(serializers.ModelSerializer[BundleItem]):
    """A document that could not be made, and why."""

    class Meta:
        model = BundleItem
        fields = ("invoice", "fault")
        read_only_fields = fields


class PdfBundleSerializer(serializers.ModelSerializer[PdfBundle]):
    """A bundle of PDFs: how far it is, its files, what failed."""

    made_count = serializers.IntegerField(read_only=True)
    failed_count = serializers.IntegerField(read_only=True)
    files = BundleFileSerializer(many=True, read_only=True)

    class Meta:
        model = PdfBundle
        fields = (
            "id",
            "month",
            "run",
            "contents",
            "state",
            "document_count",
            "made_count",
            "failed_count",
            "fault",
            "files",
            "asked_at",
            "asked_by",
            "finished_at",
            "expires_at",
        )
        read_only_fields = fields


class NewPdfBundleSerializer(serializers.Serializer[PdfBundle]):
    """What to pack: a month (any day of it), a run, or chosen documents; exactly one of them."""

    month = serializers.DateField(required=False)
    run = serializers.PrimaryKeyRelatedField(queryset=BillingRun.objects.none(), required=False)
    invoices = serializers.PrimaryKeyRelatedField(
        queryset=Invoice.objects.none(), many=True, required=False, allow_empty=False
    )
    contents = serializers.ChoiceField(choices=BundleContents.choices, default=BundleContents.EACH)

    def __init__(self, *args: object, user: User | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on
        if user is not None:
            invoices, run = self.fields["invoices"], self.fields["run"]
            invoices.child_relation.queryset = Invoice.objects.visible_to(user)  # type: ignore[attr-defined]  # a list of keys
            run.queryset = BillingRun.objects.visible_to(user)  # type: ignore[attr-defined]  # a key

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        """Refuse what names nothing, or two things at once."""
        if len({"month", "run", "invoices"} & attrs.keys()) != 1:
            raise serializers.ValidationError("Name one of month, run and invoices.")
        return attrs
