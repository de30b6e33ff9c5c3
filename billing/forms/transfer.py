"""What can be typed about a contract that goes on at another client."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from billing.hours import hours_text
from billing.queries.blocks_left import BlockLeft
from clients.forms.chooser import ClientChoiceField
from clients.models import Client
from contracts.forms.blocks import QuantityField, quantity_of, typed_quantity
from contracts.models import Contract


class TransferForm(forms.Form):
    """To whom, from when on, under which number, and what goes along of prepaid blocks."""

    client = ClientChoiceField(label=_("Client"), queryset=Client.objects.none())
    first_day = forms.DateField(
        label=_("First day there"), help_text=_("the old contract ends the day before")
    )
    number = forms.CharField(label=_("New number"), max_length=20)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  (Django's signature)
        contract: Contract,
        blocks: Sequence[BlockLeft],
        **kwargs: Any,  # noqa: ANN401  (Django's signature)
    ) -> None:
        super().__init__(*args, **kwargs)
        self.blocks = blocks
        self.currency = contract.client.currency
        chosen = self.fields["client"]
        if isinstance(chosen, forms.ModelChoiceField):
            others = Client.objects.current().exclude(pk=contract.client_id)
            chosen.queryset = others.filter(currency=self.currency)
        for one in blocks:
            self.fields[_name(one)] = self._moved_field(one)

    def clean(self) -> dict[str, Any]:
        """Read what goes along in the unit of each block, and refuse more than is left."""
        cleaned = super().clean() or self.cleaned_data
        for one in self.blocks:
            try:
                cleaned[_name(one)] = self._read(one, cleaned.get(_name(one), ""))
            except ValidationError as refusal:
                self.add_error(_name(one), refusal)
        return cleaned

    def moved(self) -> dict[int, Decimal]:
        """Return what goes along, by block."""
        return {one.block.pk: self.cleaned_data[_name(one)] for one in self.blocks}

    def _read(self, one: BlockLeft, typed: str) -> Decimal:
        quantity = quantity_of(typed, one.block.unit) if typed else Decimal(0)
        if quantity > one.left:
            raise ValidationError(
                _("Only %(left)s are left.")
                % {"left": hours_text(one.block.unit, one.left, self.currency)}
            )
        return quantity

    def _moved_field(self, one: BlockLeft) -> QuantityField:
        field = QuantityField(
            _("Goes along of %(block)s") % {"block": one.block.name},
            self._hint(one),
            required=False,
        )
        field.initial = typed_quantity(one.offered, one.block.unit)
        return field

    def _hint(self, one: BlockLeft) -> str:
        unit = one.block.unit
        words = (
            _("%(left)s left, of which work that is not billed yet takes %(open)s")
            if one.open_drawn
            else _("%(left)s left")
        )
        return words % {
            "left": hours_text(unit, one.left, self.currency),
            "open": hours_text(unit, one.open_drawn, self.currency),
        }


def _name(one: BlockLeft) -> str:
    return f"block_{one.block.pk}"


class UndoTransferForm(forms.Form):
    """Taking a transfer back: nothing is typed, the client of before is who else it concerns."""

    client = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        before = contract.transferred_from
        self.fields["client"].initial = before.client_id if before else None
