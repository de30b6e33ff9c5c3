"""Why the desk cannot do something, in words for the person who tried."""


class Refusal(Exception):
    """What was asked cannot be done; the message says why and what to do instead.

    ``field`` names the field that must change, empty where it is not about one field.
    """

    field = ""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field or self.field


class NotOfThisClient(Refusal):
    """A contact, site or asset belongs to somebody else."""


class TicketClosed(Refusal):
    """Work can only be added to a ticket that is open."""


class TicketHasWork(Refusal):
    """A ticket with work on it stays with its client."""

    field = "client"


class WorkTypeNotInUse(Refusal):
    """The work type is no longer used."""

    field = "work_type"


class ImpossibleTime(Refusal):
    """The time is missing, backwards, too long, or has not come yet."""


class ReasonMissing(Refusal):
    """Work that will not be billed needs a reason."""

    field = "not_billable_reason"


class NotOutOfScope(Refusal):
    """Only a flat-rate ticket has a scope that time can be outside of."""

    field = "is_out_of_scope"


class ProductNotOnSale(Refusal):
    """The product is of another kind or no longer sold."""

    field = "product"


class PartIncomplete(Refusal):
    """A part needs a product, or a description and a price."""


class QuantityNotPositive(Refusal):
    """Nothing, or less than nothing, cannot be used or performed."""

    field = "quantity"


class PriceNegative(Refusal):
    """A price cannot be negative."""

    field = "unit_price"


class EvidenceBilled(Refusal):
    """What is on an invoice does not change any more."""


class NotBilledYet(Refusal):
    """What is not billed is corrected, not taken back."""


class NotAssignable(Refusal):
    """Only the firm's own people work on tickets."""

    field = "assignee"


class AnsweredMeanwhile(Refusal):
    """Somebody else answered or moved the ticket on after this page was drawn."""


class AlreadySent(Refusal):
    """The same sheet was sent before, by a second click or by going back."""


class DraftTooLong(Refusal):
    """What is typed is longer than any answer."""


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same thing after this page was drawn."""


class TakenMeanwhile(Refusal):
    """A colleague was quicker."""

    field = "assignee"


class ChecklistTooLong(Refusal):
    """A checklist is read at a glance."""

    field = "points"


class LinkImpossible(Refusal):
    """These two tickets cannot be linked like this."""

    field = "number"


class MergeImpossible(Refusal):
    """These two tickets cannot be merged like this."""

    field = "number"


class MergedAway(Refusal):
    """The ticket goes on in another one."""


class TooManyFiles(Refusal):
    """An answer carries a handful of files, not an archive."""

    field = "files"


class NothingToSave(Refusal):
    """The composer was sent empty."""

    field = "body"


class SubjectMissing(Refusal):
    """A ticket needs a subject."""

    field = "subject"


class NotForClients(Refusal):
    """A client's own people cannot do this."""


class FileTooLarge(Refusal):
    """A file is larger than a file may be."""

    field = "files"


class TimerGone(Refusal):
    """The timer has become a time entry, or was discarded."""


class TimerTaken(Refusal):
    """A person has one timer for a ticket."""

    field = "ticket"


class TimerWentOn(Refusal):
    """The timer measured more than the person has seen."""


class EntryGone(Refusal):
    """Somebody has taken the time entry back meanwhile."""


class DayLocked(Refusal):
    """The day was handed in or approved, so its time stays as it is."""


class NothingToSubmit(Refusal):
    """A day is handed in once something is logged on it."""


class NotAllowed(Refusal):
    """This is for those who approve time."""


class MailPlaced(Refusal):
    """A mail is decided about once."""


class SenderUnclear(Refusal):
    """A contact needs an address."""


class AddressTaken(Refusal):
    """The sender is known as somebody else's."""


class NotRateable(Refusal):
    """Only a closed ticket is rated, by those it was for."""


class MailServerRefused(Refusal):
    """The mail server does not let us in."""

    field = "host"


class VisitDecided(Refusal):
    """A day of maintenance has its ticket already, was skipped, or is none of the plan."""


class TooManyTags(Refusal):
    """Tags are few and short, or nobody reads them."""

    field = "tags"


class NotToFollow(Refusal):
    """Followers are the firm's active people and reachable contacts of the ticket's client."""

    field = "who"


class ViewNameTaken(Refusal):
    """A person's views have different names."""

    field = "name"


class SlotImpossible(Refusal):
    """An appointment or leave has a beginning and a later end, within reason."""

    field = "ends_at"


class NotYourSchedule(Refusal):
    """Technicians plan their own work; that of others is for the dispatcher."""

    field = "technician"


class AppointmentCancelled(Refusal):
    """What does not take place is not moved."""


class SlotConflicts(Refusal):
    """Something stands against the time; who accepts exactly that books all the same.

    ``keys`` name what was found, as it must be accepted.
    """

    field = "accepted"

    def __init__(self, message: str, keys: list[str]) -> None:
        super().__init__(message)
        self.keys = keys
