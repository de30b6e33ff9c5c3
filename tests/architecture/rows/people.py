"""Signing in, oneself, and people."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import BOTH, action, factor, form, own, page, public
from tests.architecture.access_world import World


def _person(world: World) -> Mapping[str, Any]:
    return {"pk": world.cast["dispatcher"].pk}


def _token(world: World) -> Mapping[str, Any]:
    return {"public_id": world.token.public_id}


def _link(_world: World) -> Mapping[str, Any]:
    return {"uidb36": "zzzz", "key": "nothing"}


def _client(world: World) -> Mapping[str, Any]:
    return {"app": "clients", "model": "client", "pk": world.company.pk}


ROWS: dict[str, Row] = {
    "account_login": public(BOTH),
    "account_logout": public(BOTH),
    "account_inactive": public(),
    "account_reset_password": public(BOTH),
    "account_reset_password_done": public(),
    "account_reset_password_from_key": public(BOTH, _link),
    "account_reset_password_from_key_done": public(),
    "account_reauthenticate": own(BOTH),
    "account_change_password": own(BOTH),
    "account_set_password": own(BOTH),
    "mfa_authenticate": public(BOTH),
    "mfa_index": factor(),
    "mfa_reauthenticate": factor(BOTH),
    "mfa_activate_totp": factor(BOTH),
    "mfa_deactivate_totp": factor(BOTH),
    "mfa_view_recovery_codes": factor(),
    "mfa_generate_recovery_codes": factor(BOTH),
    "mfa_download_recovery_codes": factor(),
    "mfa_list_webauthn": factor(),
    "mfa_add_webauthn": factor(BOTH),
    "mfa_reauthenticate_webauthn": factor(BOTH),
    "mfa_remove_webauthn": factor(BOTH, lambda _world: {"pk": 1}),
    "mfa_edit_webauthn": factor(BOTH, lambda _world: {"pk": 1}),
    "usersessions_list": own(BOTH),
    "accounts:profile": own(BOTH),
    "accounts:tokens": form("accounts.use_desk"),
    "accounts:token-revoke": action("accounts.use_desk", _token),
    "accounts:people": page("accounts.view_user"),
    "accounts:person": page("accounts.view_user", _person),
    "accounts:person-add": form("accounts.add_user"),
    "accounts:person-edit": form("accounts.change_user", _person),
    "accounts:person-deactivate": action("accounts.change_user", _person),
    "accounts:person-reactivate": action("accounts.change_user", _person),
    "accounts:person-forget-factor": action("accounts.change_user", _person),
    "accounts:person-invite": action("accounts.change_user", _person),
    "accounts:audit-trail": page("accounts.view_audit_trail"),
    "accounts:history": page("accounts.use_desk", _client),
}
