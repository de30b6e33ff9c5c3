"""The books, as programs read and write them."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from ledger.domain.accounts import unused_facts
from ledger.models import Account, AccountRule, Book, Entry, EntryLine
from ledger.queries.waiting import no_such_fact


class EntryLineSerializer(serializers.ModelSerializer[EntryLine]):
    """An amount on one side of an account; ``foreign`` is in the entry's own currency."""

    account = serializers.CharField(source="account.number")

    class Meta:
        model = EntryLine
        fields = ("position", "account", "client", "invoice", "debit", "credit", "foreign")
        read_only_fields = fields


class EntrySerializer(serializers.ModelSerializer[Entry]):
    """An entry with its lines, both sides equal."""

    name = serializers.CharField(source="__str__", help_text="journal, fiscal year and number")
    lines = EntryLineSerializer(many=True)

    class Meta:
        model = Entry
        fields = (
            "id",
            "name",
            "legal_entity",
            "journal",
            "year",
            "number",
            "day",
            "piece",
            "piece_on",
            "text",
            "client",
            "invoice",
            "currency",
            "posted_at",
            "lines",
        )
        read_only_fields = fields


class AccountSerializer(serializers.ModelSerializer[Account]):
    """An account of a company's chart."""

    class Meta:
        model = Account
        fields = ("id", "legal_entity", "number", "name")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse another number or company once something is booked on it."""
        account = self.instance
        changed = [
            name
            for name in ("number", "legal_entity")
            if account is not None and name in attrs and attrs[name] != getattr(account, name)
        ]
        if account is not None and changed and account.lines.exists():
            words = _("Something is booked on it, so its number stays.")
            raise serializers.ValidationError(dict.fromkeys(changed, words))
        return attrs


class AccountRuleSerializer(serializers.ModelSerializer[AccountRule]):
    """From a day on, amounts of a purpose are booked on an account."""

    class Meta:
        model = AccountRule
        fields = (
            "id",
            "legal_entity",
            "purpose",
            "account",
            "starts_on",
            "tax_code",
            "tax_category",
            "tax_rate",
            "method",
            "bank_account",
        )
        # The database compares what is empty too, which no validator of the framework does.
        validators = ()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse facts that say nothing for the purpose, and accounts of another company."""
        rule = self.instance or AccountRule()
        found: dict[str, Any] = {name: attrs.get(name, getattr(rule, name, None)) for name in FACTS}
        unused = unused_facts(found["purpose"], found)
        if unused:
            raise serializers.ValidationError(dict.fromkeys(unused, no_such_fact(found["purpose"])))
        if found["account"].legal_entity_id != found["legal_entity"].pk:
            words = _("This account belongs to another company.")
            raise serializers.ValidationError({"account": words})
        return attrs


FACTS = (
    "legal_entity",
    "purpose",
    "account",
    "tax_code",
    "tax_category",
    "tax_rate",
    "method",
    "bank_account",
)


class LedgerBookSerializer(serializers.ModelSerializer[Book]):
    """How a company's books are kept."""

    class Meta:
        model = Book
        fields = ("id", "legal_entity", "first_month", "defers_revenue")
        read_only_fields = ("legal_entity",)

    def validate_first_month(self, value: int) -> int:
        """Refuse another one once entries are numbered by fiscal year."""
        book = self.instance
        if book is None or value == book.first_month:
            return value
        if Entry.objects.filter(legal_entity=book.legal_entity_id).exists():
            raise serializers.ValidationError(
                _("Entries are numbered by fiscal year, so it stays once there are some.")
            )
        return value


class BalanceSerializer(serializers.ModelSerializer[Account]):
    """What moved on an account, and what that leaves on one side."""

    debit = serializers.DecimalField(max_digits=14, decimal_places=2)
    credit = serializers.DecimalField(max_digits=14, decimal_places=2)
    debit_balance = serializers.DecimalField(max_digits=14, decimal_places=2)
    credit_balance = serializers.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        model = Account
        fields = (
            "id",
            "legal_entity",
            "number",
            "name",
            "debit",
            "credit",
            "debit_balance",
            "credit_balance",
        )


class PeriodSerializer(serializers.Serializer[Any]):
    """Days that are asked about; left out, there is no end on that side."""

    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)
