"""What is collected through the bank."""

from payments.models.debit import DebitBatch, DebitNotice, DirectDebit, Sequence

__all__ = ["DebitBatch", "DebitNotice", "DirectDebit", "Sequence"]
