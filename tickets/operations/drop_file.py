"""Take back a file that was not sent yet."""

from django.db import transaction

from accounts.models import User
from tickets.models import Attachment
from tickets.operations._tickets import lock_ticket, require_firm_staff
from tickets.queries.waiting_files import waiting_files


@transaction.atomic(durable=True)
def drop_file(*, attachment_id: int, actor: User) -> None:
    """Take the file back; one that was sent stays.

    :raises Attachment.DoesNotExist: it is not there for this person, or was sent
    """
    require_firm_staff(actor)
    found = Attachment.objects.visible_to(actor).get(pk=attachment_id)
    ticket = lock_ticket(found.ticket_id, actor)
    waiting = waiting_files(ticket, actor).get(pk=attachment_id)
    name, storage = str(waiting.file.name), waiting.file.storage
    waiting.delete()
    transaction.on_commit(lambda: storage.delete(name))
