"""A client's purchase order."""

from django import forms
from django.db.models import QuerySet

from clients.forms.chooser import ClientChoiceField, ClientChooser
from clients.models import Client, PurchaseOrder

DAY = {"type": "date"}


class OrderForm(forms.ModelForm[PurchaseOrder]):
    """Number, validity and limit; the client is chosen once."""

    class Meta:
        model = PurchaseOrder
        fields = [
            "client",
            "number",
            "starts_on",
            "last_day_on",
            "limit_amount",
            "is_closed",
            "notes",
        ]
        field_classes = {"client": ClientChoiceField}
        widgets = {
            "client": ClientChooser,
            "starts_on": forms.DateInput(attrs=DAY),
            "last_day_on": forms.DateInput(attrs=DAY),
        }

    def __init__(self, *args: object, clients: QuerySet[Client], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on to Django
        chosen = self.fields["client"]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = clients
        if self.instance.pk:
            del self.fields["client"]
