"""Automation rules: the list, the form, a rule with its log, and its dry run."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from core.panels import history_url
from tickets.domain.rules import Seen
from tickets.forms.rule import RuleBuilder, build, reshape
from tickets.forms.time import firm_zone
from tickets.models import AutomationRule, RuleRun
from tickets.operations.move_rule import move_rule
from tickets.operations.remove_rule import remove_rule
from tickets.operations.save_rule import save_rule
from tickets.operations.switch_rule import switch_rule
from tickets.queries.firm_hours import firm_hours
from tickets.queries.past_happenings import LONGEST_PERIOD, DryRun, dry_run
from tickets.queries.rule_words import RuleWords

VIEW, ADD, CHANGE, DELETE = (
    f"tickets.{verb}_automationrule" for verb in ("view", "add", "change", "delete")
)
READ_OR_SEND = ["GET", "HEAD", "POST"]
RUNS_A_PAGE = 30
USUAL_PERIOD = timedelta(days=30)


class PeriodForm(forms.Form):
    """Which days a dry run looks back on."""

    since = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput)
    until = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        """See that the days are in order, and not too many."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This is before the first day."))
        elif since and until and until - since > LONGEST_PERIOD:
            self.add_error("since", _("A dry run looks back on a year at most."))
        return cleaned


@require_safe
@permission_required(VIEW, raise_exception=True)
def rules(request: UserRequest) -> HttpResponse:
    """List the rules in the order in which they are asked."""
    words = RuleWords()
    rows = AutomationRule.objects.select_related("status")
    counted = rows.annotate(run_count=Count("runs"), last_ran_at=Max("runs__ran_at"))
    told = [_told(words, rule) for rule in counted]
    return render(request, "tickets/rules.html", {"rules": told})


@require_safe
@permission_required(VIEW, raise_exception=True)
def rule(request: UserRequest, pk: int) -> HttpResponse:
    """Show a rule, what it would have done in a period, and what it did."""
    found, words = _find(pk), RuleWords()
    period = PeriodForm(request.GET if "since" in request.GET else None, initial=_usual_days())
    tried = _try(found, period) if period.is_bound and period.is_valid() else None
    runs = RuleRun.objects.visible_to(request.user).filter(rule=found)
    page = Paginator(runs.select_related("ticket__client", "occurrence"), RUNS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        **_told(words, found),
        "period": period,
        "tried": tried,
        "matches": [(one, _seen(words, one.seen)) for one in tried.matches] if tried else [],
        "page": page,
        "runs": [(run, *told_run(words, run)) for run in page],
        "history_url": history_url(request, found),
    }
    status = 422 if period.is_bound and not period.is_valid() else 200
    return render(request, "tickets/rule.html", context, status=status)


@require_http_methods(READ_OR_SEND)
@permission_required(ADD, raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Make a rule; it comes after the others."""
    return _edit(request, AutomationRule(when="created", is_active=True))


@require_http_methods(READ_OR_SEND)
@permission_required(CHANGE, raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a rule."""
    return _edit(request, _find(pk))


@require_POST
@permission_required(CHANGE, raise_exception=True)
def switch(request: UserRequest, pk: int) -> HttpResponse:
    """Switch a rule on or off."""
    _find(pk)
    is_active = request.POST.get("on") == "1"
    switched = switch_rule(rule_id=pk, is_active=is_active, now=timezone.now())
    messages.success(request, _("The rule is on.") if switched.is_active else _("The rule is off."))
    return redirect("automation:rules" if request.POST.get("back") == "list" else switched)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def move(request: UserRequest, pk: int) -> HttpResponse:
    """Let a rule be asked earlier or later."""
    _find(pk)
    move_rule(rule_id=pk, is_up=request.POST.get("way") == "up")
    return redirect("automation:rules")


@require_POST
@permission_required(DELETE, raise_exception=True)
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Throw a rule away; what it did stays on the tickets."""
    _find(pk)
    remove_rule(rule_id=pk)
    messages.success(request, _("Deleted."))
    return redirect("automation:rules")


def told_run(words: RuleWords, run: RuleRun) -> tuple[list[Any], list[Any]]:
    """Return what a run saw and did, in words."""
    seen = [
        {**one, "said": words.condition(one), "was": words.values(one["property"], one["found"])}
        for one in run.seen
    ]
    done = [{**one, "said": words.action(one), "why": words.result(one)} for one in run.done]
    return seen, done


def _told(words: RuleWords, found: AutomationRule) -> dict[str, Any]:
    return {
        "rule": found,
        "when": words.when(found),
        "conditions": [words.condition(one) for one in found.conditions],
        "actions": [words.action(one) for one in found.actions],
    }


def _seen(words: RuleWords, seen: Iterable[Seen]) -> list[str]:
    return [_seen_one(words, one) for one in seen if one.holds]


def _seen_one(words: RuleWords, one: Seen) -> str:
    found = words.values(one.condition.property, one.found)
    said = words.condition_of(one.condition)
    return f"{said}: {found}" if found else said


def _edit(request: UserRequest, found: AutomationRule) -> HttpResponse:
    words = RuleWords()
    if request.method != "POST":
        return _draw(request, found, build(found, words))
    if not {"add", "drop", "reshape"}.isdisjoint(request.POST):
        return _draw(request, found, reshape(found, words, request.POST))
    builder = build(found, words, request.POST)
    if not builder.is_valid():
        return _draw(request, found, builder, status=422)
    saved = save_rule(facts=builder.facts(), now=timezone.now(), rule_id=found.pk)
    messages.success(request, _("Saved."))
    return redirect(saved)


def _draw(
    request: UserRequest, found: AutomationRule, builder: RuleBuilder, status: int = 200
) -> HttpResponse:
    part = "#builder" if request.htmx else ""
    context = {"rule": found, "builder": builder, "form": builder.form}
    return render(request, f"tickets/rule_form.html{part}", context, status=status)


def _try(found: AutomationRule, period: PeriodForm) -> DryRun:
    since, until = period.cleaned_data["since"], period.cleaned_data["until"]
    zone = firm_zone()
    start = datetime.combine(since, time(0), zone)
    end = min(datetime.combine(until + timedelta(days=1), time(0), zone), timezone.now())
    return dry_run(found, start, end, firm_hours({since.year - 1, since.year, until.year}))


def _usual_days() -> dict[str, date]:
    today = timezone.localdate(timezone=firm_zone())
    return {"since": today - USUAL_PERIOD, "until": today}


def _find(pk: int) -> AutomationRule:
    return get_object_or_404(AutomationRule.objects.select_related("status"), pk=pk)
