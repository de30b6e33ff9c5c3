"""Keeping the lines of a bank statement."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.domain.statement import Statement, StatementLine
from billing.models import BankAccount, BankEntry, BankStatement


class StatementRefused(Exception):
    """The statement cannot be kept."""


@dataclass(frozen=True)
class StatementFile:
    """A file by its name and checksum, with what was read in it."""

    name: str
    sha256: str
    statement: Statement


@transaction.atomic(durable=True)
def import_statement(*, account_id: int, file: StatementFile, actor: User | None) -> BankStatement:
    """Keep the lines that are not known yet; nothing is booked by it.

    :raises StatementRefused: the file is known, is of another account, or says nothing
    """
    account = BankAccount.objects.select_for_update(no_key=True).get(pk=account_id)
    lines = file.statement.lines
    _guard(account, file)
    known = set(
        BankEntry.objects.filter(
            account=account, fingerprint__in=[line.fingerprint for line in lines]
        ).values_list("fingerprint", flat=True)
    )
    fresh = [line for line in lines if line.fingerprint not in known]
    statement = BankStatement.objects.create(
        account=account,
        file_name=file.name[:200],
        kind=file.statement.kind,
        sha256=file.sha256,
        line_count=len(lines),
        new_count=len(fresh),
        imported_by=actor,
    )
    BankEntry.objects.bulk_create(_entry(statement, line) for line in fresh)
    return statement


def _entry(statement: BankStatement, line: StatementLine) -> BankEntry:
    account = statement.account
    return BankEntry(
        account=account,
        statement=statement,
        booked_on=line.booked_on,
        amount=line.amount,
        currency=line.currency or account.currency,
        name=line.name[:140],
        iban=line.iban[:34],
        text=line.text[:1000],
        bank_reference=line.bank_reference[:140],
        is_return=line.is_return,
        return_code=line.return_code[:8],
        fingerprint=line.fingerprint,
    )


def _guard(account: BankAccount, file: StatementFile) -> None:
    named = file.statement.iban
    if named and named not in account.iban and account.iban not in named:
        raise StatementRefused(
            _("This statement is of the account %(other)s, not of %(account)s.")
            % {"other": named, "account": account.iban}
        )
    if not file.statement.lines:
        raise StatementRefused(_("There is no booked line in this file."))
    if BankStatement.objects.filter(account=account, sha256=file.sha256).exists():
        raise StatementRefused(_("This file was imported before; nothing was done."))
