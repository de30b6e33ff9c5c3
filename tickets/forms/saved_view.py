"""A view of the list of tickets as a person keeps it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tickets.domain.saved_views import filters_in
from tickets.forms.filters import TicketFilter
from tickets.models import SavedView
from tickets.models.view import Layout
from tickets.operations.keep_view import ViewWording

Choices = list[tuple[str, str]]


class SavedViewForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes none at run time
    """Name, layout, order and columns; the filters come from the list and are said in words."""

    query = forms.CharField(widget=forms.HiddenInput, required=False)
    is_default = forms.BooleanField(
        label=gettext_lazy("The list opens with it for me"), required=False
    )
    sort = forms.ChoiceField(label=gettext_lazy("Order"), required=False)
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    layout = forms.ChoiceField(
        label=gettext_lazy("Show as"), choices=Layout.choices, required=False
    )

    class Meta:
        model = SavedView
        fields = ["name", "is_shared", "layout", "sort", "columns"]
        labels = {
            "name": gettext_lazy("Name"),
            "is_shared": gettext_lazy("Everybody at the firm can use it"),
        }

    def __init__(
        self,
        data: Any,  # noqa: ANN401  (what a request holds)
        *,
        instance: SavedView | None,
        columns: Choices,
        sorts: Choices,
        **options: Any,  # noqa: ANN401  (Django's own)
    ) -> None:
        super().__init__(data, instance=instance, **options)
        cast(Any, self.fields["columns"]).choices = columns
        both = [*sorts, *((f"-{key}", f"{label} ↓") for key, label in sorts)]
        cast(Any, self.fields["sort"]).choices = [("", pgettext_lazy("order", "as usual")), *both]

    def _post_clean(self) -> None:
        """Leave the view alone; the operation changes it."""

    @property
    def wording(self) -> ViewWording:
        """What the operation takes."""
        said = self.cleaned_data
        return ViewWording(
            name=said["name"],
            is_shared=said["is_shared"],
            filters=filters_in(said["query"]),
            sort=said["sort"],
            columns=tuple(said["columns"]),
            layout=said["layout"],
        )


def in_words(filters: dict[str, str], scopes: dict[str, str]) -> list[tuple[str, str]]:
    """Return what filters say, each with its name: the priority is "urgent"."""
    form = TicketFilter(filters, queryset=None).form
    form.is_valid()
    found = (
        [(_("Which tickets"), scopes[filters["scope"]])] if filters.get("scope") in scopes else []
    )
    if filters.get("q"):
        found.append((_("Words"), filters["q"]))
    for name, value in form.cleaned_data.items():
        if value and name not in {"scope", "view", "columns"}:
            shown = dict(getattr(form.fields[name], "choices", [])).get(value, value)
            found.append((str(form.fields[name].label), str(shown)))
    return found
