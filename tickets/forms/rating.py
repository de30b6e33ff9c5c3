"""The form in which a client says how the help was."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Score
from tickets.operations.rate_ticket import LONGEST_COMMENT

CHOICES = [(score.value, score.label) for score in sorted(Score, reverse=True)]


class RatingForm(forms.Form):
    """A word of three, and a comment for those who want to say more."""

    score = forms.TypedChoiceField(
        label=_("Your answer"), choices=CHOICES, coerce=int, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("What should we know?"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
