"""The forms of an import: the file, then what each of its columns holds."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.importing.fields import CLIENT_FIELDS, CONTACT_FIELDS, ImportField, guess_columns
from clients.importing.sheet import MAX_BYTES, Sheet

KINDS = [("clients", gettext_lazy("clients")), ("contacts", gettext_lazy("contacts of clients"))]
FIELDS: dict[str, tuple[ImportField, ...]] = {"clients": CLIENT_FIELDS, "contacts": CONTACT_FIELDS}
SAMPLE_LENGTH = 40


class UploadForm(forms.Form):
    """A file and what it is a list of."""

    kind = forms.ChoiceField(
        label=gettext_lazy("The file lists"),
        choices=KINDS,
        initial="clients",
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or XLSX, up to 5 MB, the names of the columns in the first line"
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large before it is read."""
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        if upload.size is not None and upload.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 5 MB. Split it and import the parts."))
        return upload


class ColumnsForm(forms.Form):
    """Which column fills which field, as far as its head tells."""

    def __init__(self, *args: Any, sheet: Sheet, kind: str, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        guessed = guess_columns(sheet.head, FIELDS[kind])
        choices = [("", _("– not in the file –")), *_column_choices(sheet)]
        for one in FIELDS[kind]:
            self.fields[one.name] = forms.TypedChoiceField(
                label=capfirst(str(one.label)),
                choices=choices,
                required=one.is_required,
                coerce=int,
                empty_value=None,
                initial=guessed.get(one.name, ""),
                error_messages={"required": _("Say which column holds this.")},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one column for two fields."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        used: dict[int, str] = {}
        for name, column in list(cleaned.items()):
            if column is None:
                continue
            if column in used:
                self.add_error(
                    name,
                    _("This column already fills “%(field)s”.")
                    % {"field": self.fields[used[column]].label},
                )
            used.setdefault(column, name)
        return cleaned

    def columns(self) -> dict[str, int]:
        """Return the column of each field that is in the file."""
        return {name: column for name, column in self.cleaned_data.items() if column is not None}


def _column_choices(sheet: Sheet) -> list[tuple[int, str]]:
    choices = []
    for column, head in enumerate(sheet.head):
        sample = sheet.sample(column)[:SAMPLE_LENGTH]
        name = head or _("column %(number)s") % {"number": column + 1}
        choices.append((column, f"{name} ({sample})" if sample else name))
    return choices
