"""The shapes in which programs see terms, notice, renewals and pauses."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contracts.decisions import KINDS
from contracts.domain.renewal import last_notice_day, next_term_end
from contracts.models import Contract, ContractPause, EndKind, Renewal, RenewalKind
from contracts.terms import running_term

# Transferred is what the transfer itself writes; nobody says it.
END_KINDS = [choice for choice in EndKind.choices if choice[0] != EndKind.TRANSFERRED]
AGREED = ("renewal_kind", "term_months", "term_ends_on", "notice_days", "renewal_uplift")


class WhySerializer(serializers.Serializer[Any]):
    """Why a contract ends, in one word and in a sentence."""

    end_kind = serializers.ChoiceField(choices=END_KINDS)
    reason = serializers.CharField(max_length=200)


class ContractEndSerializer(serializers.Serializer[Any]):
    """The last day of a contract, inclusive, and why it ends; without a day it runs on."""

    last_day_on = serializers.DateField(allow_null=True)
    end_kind = serializers.ChoiceField(choices=END_KINDS, required=False)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask why, where the contract is to end."""
        if attrs["last_day_on"] is None:
            return {"last_day_on": None}
        missing = [name for name in ("end_kind", "reason") if not attrs.get(name, "").strip()]
        if missing:
            raise serializers.ValidationError(
                {name: _("Say why the contract ends.") for name in missing}
            )
        return attrs


class NoticeSerializer(WhySerializer):
    """Notice as it came in."""

    received_on = serializers.DateField()


class RenewSerializer(serializers.Serializer[Any]):
    """Another term after the one that ends that day, and by how many percent prices rise."""

    term_ends_on = serializers.DateField()
    uplift = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=-99, max_value=999, default=Decimal(0)
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class RenewalSerializer(serializers.ModelSerializer[Renewal]):
    """What was decided at the end of a term."""

    class Meta:
        model = Renewal
        fields = (
            "id", "contract", "term_ended_on", "decision", "next_term_ends_on", "uplift", "note",
            "decided_on", "decided_by",
        )  # fmt: skip


class ContractTermSerializer(serializers.ModelSerializer[Contract]):
    """The term of a contract: what was agreed, until when notice counts, and how it ends."""

    last_notice_on = serializers.SerializerMethodField()
    next_term_ends_on = serializers.SerializerMethodField()
    renewals = RenewalSerializer(many=True, read_only=True)

    class Meta:
        model = Contract
        fields = (
            "id", "client", "number", *AGREED, "last_notice_on", "next_term_ends_on",
            "notice_received_on", "last_day_on", "end_kind", "end_reason", "renewals",
        )  # fmt: skip
        read_only_fields = (
            "client", "number", "notice_received_on", "last_day_on", "end_kind", "end_reason",
        )  # fmt: skip

    def get_last_notice_on(self, contract: Contract) -> date | None:
        """Return the last day on which notice ends the contract with this term."""
        term = running_term(contract)
        return last_notice_day(term) if term else None

    def get_next_term_ends_on(self, contract: Contract) -> date | None:
        """Return the last day of the term that would follow."""
        term = running_term(contract)
        return next_term_end(term) if term else None


class AgreedTermSerializer(serializers.Serializer[Any]):
    """Term, notice and renewal to be agreed; without an end, the running term is counted."""

    renewal_kind = serializers.ChoiceField(choices=RenewalKind.choices)
    term_months = serializers.IntegerField(
        min_value=1, max_value=600, required=False, allow_null=True
    )
    term_ends_on = serializers.DateField(required=False, allow_null=True)
    notice_days = serializers.IntegerField(min_value=0, max_value=3660, default=0)
    renewal_uplift = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=-99, max_value=999, default=Decimal(0)
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a renewal without a term, and a term that ends before the contract begins."""
        renews = attrs["renewal_kind"] != RenewalKind.NONE
        if renews and not attrs.get("term_months"):
            told = {"term_months": _("A contract that renews needs a term.")}
            raise serializers.ValidationError(told)
        ends_on, contract = attrs.get("term_ends_on"), self.context["contract"]
        if ends_on is not None and ends_on < contract.starts_on:
            told = {"term_ends_on": _("The term ends before the contract begins.")}
            raise serializers.ValidationError(told)
        return attrs


class PauseSerializer(serializers.ModelSerializer[ContractPause]):
    """Days on which a contract is neither served nor owed; the last one inclusive."""

    class Meta:
        model = ContractPause
        fields = ("id", "contract", "starts_on", "last_day_on", "reason")
        validators = ()


class PauseDaysSerializer(PauseSerializer):
    """Other days or another reason for a pause."""

    class Meta(PauseSerializer.Meta):
        fields = ("starts_on", "last_day_on", "reason")  # type: ignore[assignment]  # fewer fields than its parent


class ResumeSerializer(serializers.Serializer[Any]):
    """The day from which a contract that rests runs again."""

    resumes_on = serializers.DateField()


class DecisionSerializer(serializers.Serializer[Any]):
    """Something that is to be decided by a day, or happens on it."""

    on = serializers.DateField()
    kind = serializers.ChoiceField(choices=list(KINDS))
    client = serializers.IntegerField(source="client.pk")
    contract_number = serializers.CharField(source="number", allow_blank=True)
    title = serializers.CharField()
    detail = serializers.CharField(allow_blank=True)
    opens_on = serializers.DateField(allow_null=True)


class DecisionsSerializer(serializers.Serializer[Any]):
    """What is to be decided through a day; ``is_cut`` says that there is more."""

    until = serializers.DateField()
    is_cut = serializers.BooleanField()
    decisions = DecisionSerializer(many=True)


class AskedSerializer(serializers.Serializer[Any]):
    """Through which day, of which kind, and whose."""

    until = serializers.DateField(required=False)
    kind = serializers.ChoiceField(choices=list(KINDS), required=False)
    manager = serializers.IntegerField(required=False)
