"""The form of an automation rule: its facts, and a row for each condition and action."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.domain.rules import (
    TESTS_OF_CHOICE,
    TESTS_OF_TEXT,
    TEXTS,
    WITHOUT_VALUE,
    Property,
    Verb,
)
from tickets.domain.tags import tag_names
from tickets.forms.rule_lines import LinesField
from tickets.models import AutomationRule, RuleWhen
from tickets.queries.rule_words import CHANGES, PROPERTIES, TESTS, VERBS, WRITTEN, RuleWords

MOST_ROWS = 20
MOST_BOXES = 12  # more are chosen from a list
LONGEST_TEXT, LONGEST_TAG, LONGEST_POINT, MOST_POINTS = 5000, 40, 200, 40
Row = dict[str, Any]


class RuleForm(forms.ModelForm[AutomationRule]):
    """What the rule is called, what it waits for, and how it goes on."""

    properties = forms.MultipleChoiceField(
        label=gettext_lazy("In one of these; none means any change"),
        choices=list(CHANGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    any_is_enough = forms.TypedChoiceField(
        label=gettext_lazy("If"),
        choices=[("", gettext_lazy("all of these are so")), ("1", gettext_lazy("one is so"))],
        coerce=bool,
        required=False,
        empty_value=False,  # type: ignore[arg-type]  # what it is coerced to
    )
    in_working_hours = forms.TypedChoiceField(
        label=gettext_lazy("Counted in"),
        choices=[
            ("1", gettext_lazy("the firm's working hours")),
            ("", gettext_lazy("hours by the clock on the wall")),
        ],
        coerce=bool,
        required=False,
        empty_value=False,  # type: ignore[arg-type]  # what it is coerced to
        initial="1",
    )

    class Meta:
        model = AutomationRule
        fields = [
            "name", "when", "properties", "status", "hours", "in_working_hours", "promise",
            "percent", "reaches_back", "any_is_enough", "stops", "is_active",
        ]  # fmt: skip
        error_messages = {
            "name": {"unique": gettext_lazy("Another rule has this name.")},
        }

    def clean(self) -> dict[str, Any]:
        """See that what the rule waits for is said, and forget what it does not wait for."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        when = cleaned.get("when")
        if when == RuleWhen.WAITING:
            self._require("status", _("Say in which status."))
            self._require("hours", _("Say for how many hours."))
        else:
            cleaned["status"] = cleaned["hours"] = None
        if when == RuleWhen.SLA:
            self._require("promise", _("Say which promise."))
            self._require("percent", _("Say how much of it, in percent."))
        else:
            cleaned["promise"], cleaned["percent"] = "", None
        if when != RuleWhen.UPDATED:
            cleaned["properties"] = []
        return cleaned

    def clean_status(self) -> Any:  # noqa: ANN401  (a status or none)
        """Refuse a status that closes: closed tickets wait for nothing."""
        status = self.cleaned_data["status"]
        if status is not None and status.is_closed:
            raise forms.ValidationError(_("A closed ticket waits for nothing."))
        return status

    def _require(self, name: str, message: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)


class ConditionForm(forms.Form):
    """One question about a ticket."""

    property = forms.ChoiceField(label=gettext_lazy("Property"), choices=list(PROPERTIES.items()))
    test = forms.ChoiceField(label=gettext_lazy("Is"))
    values = forms.MultipleChoiceField(label=gettext_lazy("Values"), required=False)

    def __init__(self, data: Any, *, words: RuleWords, row: Row, prefix: str) -> None:  # noqa: ANN401  (a request's)
        super().__init__(data, prefix=prefix, initial=row)
        name = _member(Property, row.get("property"), Property.SUBJECT)
        is_text = name in TEXTS
        tests = TESTS_OF_TEXT if is_text else TESTS_OF_CHOICE
        self.fields["test"] = forms.ChoiceField(
            label=_("How"), choices=[(test.value, TESTS[test]) for test in tests]
        )
        if is_text:
            self.fields["values"] = forms.CharField(
                label=_("Words, separated by commas"), required=False, max_length=400
            )
            given = row.get("values", "")
            self.initial["values"] = given if isinstance(given, str) else ", ".join(given)
        elif words.are_many(name):
            del self.fields["values"]
            self.fields["lines"] = LinesField(name)
            self.initial["lines"] = row.get("lines") or words.lines(name, row.get("values", ()))
        else:
            choices = words.of_property(name)
            few = len(choices) <= MOST_BOXES
            self.fields["values"] = forms.MultipleChoiceField(
                label=_("Values"),
                required=False,
                choices=choices,
                widget=forms.CheckboxSelectMultiple if few else forms.SelectMultiple,
            )
        self.needs_values = row.get("test") not in WITHOUT_VALUE
        self.is_typed = "lines" in self.fields

    def clean(self) -> dict[str, Any]:
        """Make the condition a list of alternatives."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asked = "lines" if self.is_typed else "values"
        values = cleaned.get(asked, [])
        if isinstance(values, str):
            values = [word.strip() for word in values.split(",") if word.strip()]
        if cleaned.get("test") in WITHOUT_VALUE:
            values = []
        elif not values and asked not in self.errors:
            self.add_error(asked, _("Say at least one."))
        cleaned["values"] = list(values)
        return cleaned


class ActionForm(forms.Form):
    """One thing to do."""

    verb = forms.ChoiceField(label=gettext_lazy("Do"), choices=list(VERBS.items()))
    value = forms.CharField(label=gettext_lazy("What"), required=False)

    def __init__(self, data: Any, *, words: RuleWords, row: Row, prefix: str) -> None:  # noqa: ANN401  (a request's)
        super().__init__(data, prefix=prefix, initial=row)
        self.chosen = _member(Verb, row.get("verb"), Verb.PRIORITY)
        if self.chosen == Verb.BY_SKILL:
            asked, _at, group = str(row.get("value", "")).partition("@")
            self.initial.update(value=asked, group=row.get("group") or group)
            self.fields["group"] = forms.ChoiceField(
                label=_("Of whom"),
                choices=[("", _("everybody")), *words.of_verb(Verb.IN_TURN)],
                required=False,
            )
        if self.chosen not in WRITTEN:
            self.fields["value"] = forms.ChoiceField(
                label=_("What"),
                choices=words.of_verb(self.chosen),
                required=self.chosen != Verb.BY_SKILL,
            )
        elif self.chosen == Verb.TAG:
            names = dict(words.of_verb(Verb.TAG))
            given = str(row.get("value", ""))
            self.initial["value"] = names.get(given, given)
            self.fields["value"] = forms.CharField(label=_("Tag"), max_length=LONGEST_TAG)
        else:
            label = _("One point a line") if self.chosen == Verb.CHECKLIST else _("Text")
            area = forms.Textarea(attrs={"rows": 3})
            self.fields["value"] = forms.CharField(
                label=label, widget=area, max_length=LONGEST_TEXT
            )

    def clean_value(self) -> str:
        """See that a checklist fits, and find the tag."""
        value = str(self.cleaned_data["value"])
        if self.chosen == Verb.TAG and len(tag_names([value])) != 1:
            raise forms.ValidationError(_("One tag for each action."))
        if self.chosen == Verb.CHECKLIST:
            points = [line for line in value.splitlines() if line.strip()]
            if len(points) > MOST_POINTS or any(len(one) > LONGEST_POINT for one in points):
                raise forms.ValidationError(
                    _("A checklist has at most 40 points of at most 200 letters.")
                )
        return value

    def as_row(self) -> Row:
        """Return the action; a tag by its name, since it may be new."""
        value = str(self.cleaned_data["value"])
        if group := self.cleaned_data.get("group"):
            value = f"{value}@{group}"
        row: Row = {"verb": self.cleaned_data["verb"], "value": value}
        return row | {"value": "", "name": value.strip()} if self.chosen == Verb.TAG else row


@dataclass
class RuleBuilder:
    """The whole form, as it is drawn and checked."""

    form: RuleForm
    conditions: Sequence[ConditionForm]
    actions: Sequence[ActionForm]

    @property
    def when(self) -> str:
        """What the rule waits for, as it is chosen now."""
        return str(self.form["when"].value() or "")

    @property
    def forms(self) -> list[forms.BaseForm]:
        """All of its parts."""
        return [self.form, *self.conditions, *self.actions]

    def is_valid(self) -> bool:
        """Whether all of it can be kept."""
        are_valid = [one.is_valid() for one in self.forms]
        if not self.actions and self.form.is_bound:
            self.form.add_error(None, _("Say what the rule does: add an action."))
            return False
        return all(are_valid)

    def facts(self) -> dict[str, Any]:
        """Return what is saved."""
        names = RuleForm.Meta.fields
        return {
            **{name: self.form.cleaned_data[name] for name in names},
            "conditions": [
                {name: one.cleaned_data[name] for name in ("property", "test", "values")}
                for one in self.conditions
            ],
            "actions": [one.as_row() for one in self.actions],
        }


def build(rule: AutomationRule, words: RuleWords, data: Any = None) -> RuleBuilder:  # noqa: ANN401  (what a request holds)
    """Return the form of a rule, or of what was typed into it."""
    if data is None:
        rows, acts = rule.conditions, rule.actions or [{}]
        initial = {"in_working_hours": "1" if rule.in_working_hours else ""}
        initial["any_is_enough"] = "1" if rule.any_is_enough else ""
        form = RuleForm(instance=rule, initial=initial)
    else:
        rows, acts = rows_in(data, "if"), rows_in(data, "then")
        form = RuleForm(data, instance=rule)
    return _with_rows(form, rows, acts, words, data)


def reshape(
    rule: AutomationRule, words: RuleWords, data: "MultiValueDict[str, str]"
) -> RuleBuilder:
    """Return the form with a row more or less, as typed so far, and nothing checked."""
    rows, acts = rows_in(data, "if"), rows_in(data, "then")
    _change(rows, data, "if")
    _change(acts, data, "then")
    typed: dict[str, Any] = {name: data.get(name, "") for name in RuleForm.Meta.fields}
    typed["properties"] = data.getlist("properties")
    typed["in_working_hours"] = data.get("in_working_hours", "1")  # not asked before it matters
    for name in ("stops", "is_active", "reaches_back"):
        typed[name] = name in data
    return _with_rows(RuleForm(instance=rule, initial=typed), rows, acts, words, None)


def _with_rows(
    form: RuleForm,
    rows: list[Row],
    acts: list[Row],
    words: RuleWords,
    data: Any,  # noqa: ANN401  (what a request holds)
) -> RuleBuilder:
    return RuleBuilder(
        form,
        [ConditionForm(data, words=words, row=row, prefix=f"if-{n}") for n, row in enumerate(rows)],
        [ActionForm(data, words=words, row=row, prefix=f"then-{n}") for n, row in enumerate(acts)],
    )


def rows_in(data: Any, kind: str) -> list[Row]:  # noqa: ANN401  (what a request holds)
    """Return the rows that were sent, as they are numbered."""
    first = "property" if kind == "if" else "verb"
    rows: list[Row] = []
    while len(rows) < MOST_ROWS and f"{kind}-{len(rows)}-{first}" in data:
        rows.append(_row(data, f"{kind}-{len(rows)}", kind))
    return rows


def _row(data: Any, prefix: str, kind: str) -> Row:  # noqa: ANN401  (what a request holds)
    if kind == "then":
        return {name: data.get(f"{prefix}-{name}", "") for name in ("verb", "value", "group")}
    name = data.get(f"{prefix}-property", "")
    values: Any = data.getlist(f"{prefix}-values")
    if name in TEXTS:
        values = values[0] if values else ""
    typed = {"lines": data[f"{prefix}-lines"]} if f"{prefix}-lines" in data else {}
    return {"property": name, "test": data.get(f"{prefix}-test", ""), "values": values, **typed}


def _change(rows: list[Row], data: Mapping[str, str], kind: str) -> None:
    if data.get("add") == kind and len(rows) < MOST_ROWS:
        rows.append({})
    dropped = data.get("drop", "").removeprefix(f"{kind}-")
    if dropped.isdecimal() and int(dropped) < len(rows):
        del rows[int(dropped)]


def _member(kind: Any, value: object, otherwise: Any) -> Any:  # noqa: ANN401  (a member of the enumeration)
    return kind(value) if value in list(kind) else otherwise
