"""The look of a company's documents."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from billing.domain.picture import (
    ENOUGH_CONTRAST,
    NoPicture,
    contrast_with_white,
    is_colour,
    size_of,
)
from billing.models import Letterhead

MOST_BYTES = 300 * 1024


def checked_logo(content: bytes) -> bytes:
    """Return a logo that can be printed.

    :raises forms.ValidationError: it is too large, or no whole PNG
    """
    if len(content) > MOST_BYTES:
        raise forms.ValidationError(_("The logo is larger than 300 KB; save it smaller."))
    try:
        size_of(content)
    except NoPicture as fault:
        raise forms.ValidationError(
            _("This is no whole PNG picture of at most 4,000 pixels a side; save the logo as PNG.")
        ) from fault
    return content


def checked_colour(text: str) -> str:
    """Return a colour on which white can be read.

    :raises forms.ValidationError: it is none, or too light
    """
    colour = text.strip().lower()
    if not is_colour(colour):
        raise forms.ValidationError(_("A colour is written like #0f5e9c."))
    if contrast_with_white(colour) < ENOUGH_CONTRAST:
        raise forms.ValidationError(
            _("White text cannot be read on this colour; choose a darker one.")
        )
    return colour


class LetterheadForm(forms.ModelForm[Letterhead]):
    """Logo, colour, and whether the evidence is printed."""

    picture = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, at most 300 KB; stands in place of the firm's name"),
        widget=forms.FileInput(attrs={"accept": "image/png"}),
    )
    forgets_logo = forms.BooleanField(label=_("Without a logo"), required=False)

    class Meta:
        model = Letterhead
        fields = ["accent", "prints_evidence"]
        labels = {"accent": _("Colour")}
        widgets = {
            "accent": forms.TextInput(attrs={"type": "color", "class": "form-control-color"})
        }
        help_texts = {
            "prints_evidence": _("each time entry and part, as clients see them in the portal")
        }

    field_order = ["picture", "forgets_logo", "accent", "prints_evidence"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (handed on to Django)
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["forgets_logo"]

    def clean_accent(self) -> str:
        """Refuse a colour on which nobody can read."""
        return checked_colour(str(self.cleaned_data["accent"]))

    def clean_picture(self) -> bytes:
        """Refuse what cannot be printed."""
        upload: UploadedFile[Any] | None = self.cleaned_data["picture"]
        return checked_logo(upload.read(MOST_BYTES + 1)) if upload else b""

    def save(self, commit: bool = True) -> Letterhead:  # noqa: FBT001, FBT002  (Django's own)
        """Keep the look; without a new picture the logo stays."""
        if self.cleaned_data["picture"]:
            self.instance.logo = self.cleaned_data["picture"]
        elif self.cleaned_data.get("forgets_logo"):
            self.instance.logo = b""
        return super().save(commit)
