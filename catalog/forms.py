"""What can be typed about the catalog, and what is wrong with it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Product, RateCard, TaxCode, TravelZone, WorkRole, WorkType
from clients.forms.identity import country_field
from clients.models import Client

MAX_MINUTES = 24 * 60
MAX_STEP = 60


class ProductForm(forms.ModelForm[Product]):
    """A part, a recurring service or a flat-rate service."""

    class Meta:
        model = Product
        fields = [
            "code", "name", "kind", "price", "cost", "tax_code", "ledger_account", "is_active",
        ]  # fmt: skip
        help_texts = {
            "price": _("without VAT; for recurring services per month and unit"),
            "cost": _("what the firm pays; clients never see it"),
            "is_active": _("what is not on sale stays on old documents and is no longer offered"),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        if not user.has_perm("accounts.view_costs"):
            del self.fields["cost"]

    def clean_code(self) -> str:
        """Refuse the code of another product, in whatever letters."""
        return _unused_code(self, Product)

    def clean_cost(self) -> object:
        """Refuse a cost below nothing."""
        cost = self.cleaned_data["cost"]
        if cost is not None and cost < 0:
            raise ValidationError(_("A cost cannot be negative."))
        return cost


class WorkTypeForm(forms.ModelForm[WorkType]):
    """A kind of work that has its own hourly rate."""

    class Meta:
        model = WorkType
        fields = [
            "code", "name", "tax_code", "ledger_account", "multiplier", "takes_surcharges",
            "after_hours_type", "position", "is_active",
        ]  # fmt: skip
        help_texts = {
            "is_active": _("what is not in use is no longer offered for new work"),
            "multiplier": _(
                "1.5 makes 96.00 into 144.00; with a surcharge of the hour the higher one counts"
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["multiplier"].required = False
        field = self.fields["after_hours_type"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = WorkType.objects.exclude(pk=self.instance.pk)
            field.empty_label = _("the same work type")

    def clean_multiplier(self) -> Decimal:
        """Take an empty multiplier for one that multiplies nothing."""
        given: Decimal | None = self.cleaned_data["multiplier"]
        return Decimal(1) if given is None else given

    def clean_code(self) -> str:
        """Refuse the code of another work type, in whatever letters."""
        return _unused_code(self, WorkType)


class RateCardForm(forms.ModelForm[RateCard]):
    """A card for the firm, if it has none, or for a client without one."""

    class Meta:
        model = RateCard
        fields = ["client", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        field = self.fields["client"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Client.objects.filter(rate_card__isnull=True)
            field.required = RateCard.objects.filter(client__isnull=True).exists()
            field.help_text = (
                _("only clients without a card of their own are listed")
                if field.required
                else _("empty for the firm's own card")
            )


class RateCardTermsForm(forms.ModelForm[RateCard]):
    """The card's name, and how its minutes are rounded."""

    class Meta:
        model = RateCard
        fields = ["name", "grace_minutes", "rounding_scope", "rounding_order"]
        help_texts = {
            "grace_minutes": _(
                "step 15, grace 5: 19 minutes are billed as 15, 21 minutes as 30; empty on a "
                "client's card: as the firm's card says"
            ),
            "rounding_scope": _(
                "two entries of 10 minutes, step 15: each entry 15 + 15, together 20, so 30"
            ),
            "rounding_order": _(
                "20 minutes, minimum 30, step 20: minimum first 40 minutes, steps first 30"
            ),
        }


class RateForm(forms.Form):
    """What an hour of a work type costs from a day on."""

    work_type = forms.ModelChoiceField(label=_("Work type"), queryset=WorkType.objects.all())
    work_role = forms.ModelChoiceField(
        label=_("Work role"),
        queryset=WorkRole.objects.filter(is_active=True),
        required=False,
        empty_label=_("all roles without a rate of their own"),
        help_text=_("on site 96.00, for a senior technician 120.00: two rates"),
    )
    hourly_rate = forms.DecimalField(
        label=_("Hourly rate"), min_value=0, max_digits=10, decimal_places=4
    )
    starts_on = forms.DateField(
        label=_("From"),
        help_text=_("the rate before ends the day before; work done earlier keeps it"),
    )
    minimum_minutes = forms.IntegerField(
        label=_("Minimum minutes"), min_value=0, max_value=MAX_MINUTES, required=False
    )
    step_minutes = forms.IntegerField(
        label=_("Step in minutes"),
        min_value=1,
        max_value=MAX_STEP,
        required=False,
        help_text=_("rounded up to whole steps"),
    )

    def __init__(self, *args: Any, card: RateCard, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        is_the_firms = card.client_id is None
        for name in ("minimum_minutes", "step_minutes"):
            self.fields[name].required = is_the_firms
        if not is_the_firms:
            self.fields["minimum_minutes"].help_text = _("empty: as the firm's card says")


class RateEndForm(forms.Form):
    """The last day on which a client's own rate holds."""

    last_day_on = forms.DateField(
        label=_("Last day"), help_text=_("from the next day on the firm's own card holds")
    )


class WorkRoleForm(forms.ModelForm[WorkRole]):
    """A role with rates of its own."""

    class Meta:
        model = WorkRole
        fields = ["name", "position", "is_active"]
        help_texts = {"is_active": _("what is not in use is no longer offered for new work")}


class RolesForm(forms.Form):
    """The role in which each person usually works."""

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        for person in people:
            assigned = getattr(person, "work_role_assignment", None)
            self.fields[f"person_{person.pk}"] = forms.ModelChoiceField(
                label=str(person),
                queryset=WorkRole.objects.filter(is_active=True),
                required=False,
                empty_label=_("no role"),
                initial=assigned.work_role_id if assigned else None,
            )

    def roles(self) -> dict[int, int | None]:
        """Return the chosen role of each person."""
        return {
            int(name.removeprefix("person_")): role.pk if role else None
            for name, role in self.cleaned_data.items()
        }


class TravelZoneForm(forms.ModelForm[TravelZone]):
    """A zone in which each journey costs a fixed price."""

    class Meta:
        model = TravelZone
        fields = ["name", "position", "is_active"]
        help_texts = {
            "name": _("Lyon and neighbours: each journey 35.00, however long it takes"),
            "is_active": _("what is not in use is no longer offered for new work"),
        }


class NewTravelZoneForm(TravelZoneForm):
    """A zone with its first price."""

    price = forms.DecimalField(
        label=_("Price of a journey"), min_value=0, max_digits=10, decimal_places=4
    )
    starts_on = forms.DateField(label=_("From"))


class ZonePriceForm(forms.Form):
    """What a journey costs from a day on."""

    price = forms.DecimalField(
        label=_("Price of a journey"), min_value=0, max_digits=10, decimal_places=4
    )
    starts_on = forms.DateField(
        label=_("From"), help_text=_("the price before ends the day before; journeys keep it")
    )


class TaxRateForm(forms.Form):
    """What a state takes from a day on."""

    country = country_field()
    tax_code = forms.ChoiceField(label=_("Tax code"), choices=TaxCode.choices)
    rate = forms.DecimalField(
        label=_("Rate in %"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    starts_on = forms.DateField(label=_("From"), help_text=_("the rate before ends the day before"))


def _unused_code(form: "forms.ModelForm[Any]", model: type[Product] | type[WorkType]) -> str:
    code = str(form.cleaned_data["code"]).strip()
    if model.objects.exclude(pk=form.instance.pk).filter(code__iexact=code).exists():
        raise ValidationError(_("This code is taken."))
    return code
