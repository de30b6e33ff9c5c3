"""What is asked for, and what is said about it."""

from collecting.models.dispute import Dispute, DisputeGround, DisputeMessage, DisputeState
from collecting.models.mail import CollectingMail, MailKind

__all__ = [
    "CollectingMail",
    "Dispute",
    "DisputeGround",
    "DisputeMessage",
    "DisputeState",
    "MailKind",
]
