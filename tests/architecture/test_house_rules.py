"""The rules of the house hold everywhere, and each rule knows good from bad."""

import pytest

from tests.architecture.house_rules import RULES, Rule
from tests.architecture.sources import name_of

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@each_rule
def test_the_rule_holds(rule: Rule) -> None:
    broken = [
        f"{name_of(path)}:{line}"
        for path in rule.files()
        for line in rule.find(path.read_text(encoding="utf-8"))
    ]

    assert broken == [], f"{rule.name}: {rule.reason}"


@each_rule
def test_the_rule_is_about_some_files(rule: Rule) -> None:
    assert rule.files()


@each_rule
def test_the_rule_sees_a_bad_line(rule: Rule) -> None:
    assert list(rule.find(rule.bad))


@each_rule
def test_the_rule_leaves_a_good_line_alone(rule: Rule) -> None:
    assert not list(rule.find(rule.good))
