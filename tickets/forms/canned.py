"""Canned replies as people write them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from tickets.domain.placeholders import NAMES, unknown_places
from tickets.models import CannedReply


class CannedReplyForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such argument at run time
    """An answer kept ready, for everybody or for oneself."""

    is_mine = forms.BooleanField(label=gettext_lazy("Only for me"), required=False)

    class Meta:
        model = CannedReply
        fields = ["title", "body"]
        labels = {"title": gettext_lazy("Title"), "body": gettext_lazy("Text")}

    def __init__(self, *args: Any, user: User, **options: Any) -> None:  # noqa: ANN401  (Django's own)
        super().__init__(*args, **options)
        self.user = user
        self.fields["is_mine"].initial = self.instance.owner_id is not None
        self.fields["body"].help_text = _("Filled in when it is used: %(places)s") % {
            "places": " ".join(f"{{{name}}}" for name in NAMES)
        }

    def clean_body(self) -> str:
        """Refuse places that nothing would fill.

        :raises forms.ValidationError: there is one
        """
        body: str = self.cleaned_data["body"]
        if unknown := unknown_places(body):
            named = " ".join(f"{{{name}}}" for name in unknown)
            raise forms.ValidationError(_("Nothing fills %(places)s.") % {"places": named})
        return body

    def save(self, commit: bool = True) -> CannedReply:  # noqa: FBT001, FBT002  (Django's own)
        """Keep it for oneself or for everybody."""
        self.instance.owner = self.user if self.cleaned_data["is_mine"] else None
        saved: CannedReply = super().save(commit)
        return saved
