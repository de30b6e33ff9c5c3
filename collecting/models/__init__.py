"""What is asked for, and what is said about it."""

from collecting.models.contact import ContactNote, PaymentPromise
from collecting.models.dispute import Dispute, DisputeGround, DisputeMessage, DisputeState
from collecting.models.late import (
    LateBasis,
    LateCharge,
    LateChargeKind,
    LateRate,
    LateRateKind,
    LateStretch,
    LateTerms,
)
from collecting.models.mail import CollectingMail, MailKind
from collecting.models.notice import LeftOut, NoticeLine, ReminderHold, ReminderNotice
from collecting.models.plan import (
    CollectingTerms,
    Level,
    ReminderPlan,
    ReminderStep,
    ReminderWords,
)
from collecting.models.statement import SentStatement

__all__ = [
    "CollectingMail",
    "CollectingTerms",
    "ContactNote",
    "Dispute",
    "DisputeGround",
    "DisputeMessage",
    "DisputeState",
    "LateBasis",
    "LateCharge",
    "LateChargeKind",
    "LateRate",
    "LateRateKind",
    "LateStretch",
    "LateTerms",
    "LeftOut",
    "Level",
    "MailKind",
    "NoticeLine",
    "PaymentPromise",
    "ReminderHold",
    "ReminderNotice",
    "ReminderPlan",
    "ReminderStep",
    "ReminderWords",
    "SentStatement",
]
