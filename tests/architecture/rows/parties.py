"""Clients, what the firm sells, and contracts."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, page
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]


def _client(world: World) -> Kwargs:
    return {"pk": world.company.pk}


def _of_client(world: World) -> Kwargs:
    return {"client_pk": world.company.pk}


def _contact(world: World) -> Kwargs:
    return {"pk": world.contact.pk}


def _site(world: World) -> Kwargs:
    return {"pk": world.site.pk}


def _asset(world: World) -> Kwargs:
    return {"pk": world.asset.pk}


def _product(world: World) -> Kwargs:
    return {"pk": world.product.pk}


def _work_type(world: World) -> Kwargs:
    return {"pk": world.work_type.pk}


def _rate_card(world: World) -> Kwargs:
    return {"pk": world.rate_card.pk}


def _rate(world: World) -> Kwargs:
    return {"pk": world.rate.pk}


def _contract(world: World) -> Kwargs:
    return {"pk": world.contract.pk}


def _line(world: World) -> Kwargs:
    return {"pk": world.line.pk}


def _coverage(world: World) -> Kwargs:
    return {"pk": world.coverage.pk}


def _version(world: World) -> Kwargs:
    return {"pk": world.version.pk}


CLIENTS: dict[str, Row] = {
    "clients:clients": page("clients.view_client"),
    "clients:client": page("clients.view_client", _client),
    "clients:client-options": page("clients.view_client"),
    "clients:client-create": form("clients.add_client"),
    "clients:client-edit": form("clients.change_client", _client),
    "clients:client-lose": form("clients.change_client", _client),
    "clients:client-regain": action("clients.change_client", _client),
    "clients:contacts": page("clients.view_contact"),
    "clients:contact": page("clients.view_contact", _contact),
    "clients:contact-create": form("clients.add_contact", _of_client),
    "clients:contact-edit": form("clients.change_contact", _contact),
    "clients:portal-grant": action("clients.change_client", _contact),
    "clients:portal-revoke": action("clients.change_client", _contact),
    "clients:portal-invite": action("clients.change_client", _contact),
    "clients:site-create": form("clients.add_site", _of_client),
    "clients:site-edit": form("clients.change_site", _site),
    "clients:site-delete": action("clients.delete_site", _site),
    "clients:assets": page("clients.view_asset"),
    "clients:asset-create": form("clients.add_asset", _of_client),
    "clients:asset-edit": form("clients.change_asset", _asset),
    "clients:asset-delete": action("clients.delete_asset", _asset),
    "clients:import": form("clients.add_client"),
    "clients:import-columns": form("clients.add_client"),
    "clients:import-preview": page("clients.add_client"),
    "clients:import-confirm": action("clients.add_client"),
    "clients:import-cancel": action("clients.add_client"),
}
CATALOG: dict[str, Row] = {
    "catalog:products": page("catalog.view_product"),
    "catalog:product-create": form("catalog.add_product"),
    "catalog:product-edit": form("catalog.change_product", _product),
    "catalog:work-types": page("catalog.view_worktype"),
    "catalog:work-type-create": form("catalog.add_worktype"),
    "catalog:work-type-edit": form("catalog.change_worktype", _work_type),
    "catalog:rate-cards": page("catalog.view_ratecard"),
    "catalog:rate-card": page("catalog.view_ratecard", _rate_card),
    "catalog:rate-card-create": form("catalog.add_ratecard"),
    "catalog:rate-set": form("catalog.change_rate", _rate_card),
    "catalog:rate-end": form("catalog.change_rate", _rate),
    "catalog:rates-of-client": page("catalog.view_ratecard", _of_client),
    "catalog:tax-rates": page("catalog.view_taxrate"),
    "catalog:tax-rate-set": form("catalog.add_taxrate"),
}
CONTRACTS: dict[str, Row] = {
    "contracts:contracts": page("contracts.view_contract"),
    "contracts:contract": page("contracts.view_contract", _contract),
    "contracts:of-client": page("contracts.view_contract", _of_client),
    "contracts:contract-create": form("contracts.add_contract"),
    "contracts:contract-edit": form("contracts.change_contract", _contract),
    "contracts:contract-end": form("contracts.change_contract", _contract),
    "contracts:contract-continue": action("contracts.change_contract", _contract),
    "contracts:coverage-edit": form("contracts.change_coveragerule", _contract),
    "contracts:coverage-rule": form("contracts.change_coveragerule", _contract),
    "contracts:coverage-end": action("contracts.change_coveragerule", _coverage),
    "contracts:coverage-withdraw": action("contracts.change_coveragerule", _coverage),
    "contracts:line-edit": form("contracts.change_contract", _line),
    "contracts:line-continue": action("contracts.change_contract", _line),
    "contracts:line-withdraw": action("contracts.change_contract", _line),
    "contracts:line-add": form("contracts.change_contract", _contract),
    "contracts:line-change": form("contracts.change_contract", _line),
    "contracts:line-end": form("contracts.change_contract", _line),
    "contracts:version-correct": form("contracts.change_contract", _version),
    "contracts:version-withdraw": action("contracts.change_contract", _version),
}
ROWS: dict[str, Row] = {**CLIENTS, **CATALOG, **CONTRACTS}
