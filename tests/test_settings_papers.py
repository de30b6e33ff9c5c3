"""The papers about settings say what the code reads."""

import re

import yaml

from psa.env import CHECKOUT

READ = re.compile(r'env\.(?:text|flag|number|words|required)\(\s*"([A-Z_]+)"')


def names_read() -> set[str]:
    sources = (CHECKOUT / "psa").rglob("*.py")
    return {name for path in sources for name in READ.findall(path.read_text(encoding="utf-8"))}


def test_every_setting_is_explained_in_the_example() -> None:
    example = (CHECKOUT / ".env.example").read_text(encoding="utf-8")

    explained = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))

    assert names_read() - explained == set()


def test_production_gives_every_setting_that_it_demands() -> None:
    demanded = set(
        re.findall(
            r'env\.required\("([A-Z_]+)"\)',
            (CHECKOUT / "psa/settings/production.py").read_text(encoding="utf-8"),
        )
    )

    services = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())["services"]

    for name in ("prepare", "web", "worker", "clock"):
        assert demanded - set(services[name]["environment"]) == set()


def test_production_waits_for_the_tables_before_it_serves() -> None:
    services = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())["services"]

    for name in ("web", "worker", "clock"):
        awaited = services[name]["depends_on"]["prepare"]["condition"]
        assert awaited == "service_completed_successfully"
