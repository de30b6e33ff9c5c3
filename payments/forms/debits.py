"""Forms about mandates, batches and what came back."""

from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clients.forms.chooser import ClientChoiceField
from clients.models import Client, LegalEntity, MandateScheme
from payments.operations.return_debit import Return
from payments.operations.sign_mandate import Signed
from payments.return_words import choices

MOST_BYTES = 5 * 1024 * 1024
# What a scanner or a signing service gives, by how its content begins.
SORTS = {".pdf": b"%PDF-", ".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}


def day_field(label: Any, **more: Any) -> forms.DateField:  # noqa: ANN401  (handed on to Django)
    """Return a field with the browser's calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def check_document(upload: "UploadedFile[Any] | None") -> None:
    """Refuse what is no scan of a paper.

    :raises forms.ValidationError: it is too large, or neither PDF nor picture
    """
    if not upload:
        return
    if (upload.size or 0) > MOST_BYTES:
        raise forms.ValidationError(_("The file is larger than 5 MB."))
    begins = SORTS.get(PurePath(upload.name or "").suffix.lower())
    head = upload.read(8)
    upload.seek(0)
    if begins is None or not head.startswith(begins):
        raise forms.ValidationError(_("Attach a PDF or a picture (PNG, JPEG)."))


class MandateForm(forms.Form):
    """What stands on the paper that the client signed."""

    client = ClientChoiceField(queryset=Client.objects.none(), label=_("Client"))
    legal_entity = forms.ModelChoiceField(LegalEntity.objects.all(), label=_("Collected by"))
    iban = forms.CharField(label=_("IBAN"), max_length=42)
    bic = forms.CharField(
        label=_("BIC"),
        max_length=11,
        required=False,
        help_text=_("empty: found from the IBAN where that is possible"),
    )
    debtor = forms.CharField(
        label=_("Account holder"), max_length=70, required=False, help_text=_("empty: the client")
    )
    reference = forms.CharField(
        label=_("Mandate reference (UMR)"),
        max_length=35,
        required=False,
        help_text=_("as on the paper; empty: the next free one"),
    )
    signed_on = day_field(_("Signed on"))
    scheme = forms.ChoiceField(label=_("Scheme"), choices=MandateScheme.choices)
    notice_days = forms.IntegerField(
        label=_("Announced days before"),
        min_value=1,
        max_value=90,
        initial=14,
        help_text=_("14 unless you agreed on less"),
    )
    is_one_off = forms.BooleanField(label=_("For one collection only"), required=False)
    document = forms.FileField(
        label=_("Signed mandate"),
        required=False,
        validators=[check_document],
        help_text=_("PDF or picture, at most 5 MB"),
    )

    def __init__(self, *args: Any, clients: QuerySet[Client], **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        chooser = self.fields["client"]
        if isinstance(chooser, ClientChoiceField):
            chooser.queryset = clients
        entities = LegalEntity.objects.all()[:2]
        self.fields["legal_entity"].initial = LegalEntity.objects.current().pk
        if len(entities) == 1:
            self.fields["legal_entity"].widget = forms.HiddenInput()

    def signed(self) -> Signed:
        """Return what was signed."""
        said = {key: value for key, value in self.cleaned_data.items() if key != "client"}
        entity = said.pop("legal_entity")
        return Signed(legal_entity_id=entity.pk, **said)


class EndForm(forms.Form):
    """When and why the client revoked a mandate."""

    ended_on = day_field(_("Revoked on"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class ProposalForm(forms.Form):
    """Which direct debits are looked for."""

    legal_entity = forms.ModelChoiceField(LegalEntity.objects.all(), label=_("Collected by"))
    scheme = forms.ChoiceField(
        label=_("Scheme"), choices=[(one.value, one.value) for one in MandateScheme]
    )
    collect_on = day_field(_("Collection"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (handed on to Django)
        super().__init__(*args, **kwargs)
        if LegalEntity.objects.count() == 1:
            self.fields["legal_entity"].widget = forms.HiddenInput()


class BookForm(forms.Form):
    """When the bank booked a batch."""

    booked_on = day_field(_("Booked on"))


class ReturnForm(forms.Form):
    """What the bank said when it sent one back."""

    returned_on = day_field(_("Came back on"))
    code = forms.ChoiceField(label=_("Reason"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (handed on to Django)
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("the bank gave no code")), *choices()]

    def said(self) -> Return:
        """Return what the bank said."""
        data = self.cleaned_data
        day: date = data["returned_on"]
        return Return(day, data["code"], data["note"])
