"""Plumbing that needs a table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptMail(models.Model):
    """A mail that was kept in the app instead of sent, where no mail server is set up."""

    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    sender = models.CharField(_("from"), max_length=320)
    recipients = models.TextField(_("to"))
    subject = models.CharField(_("subject"), max_length=998)
    body = models.TextField(_("text"))
    attachments = models.JSONField(
        _("attachments"), default=list, help_text=_("name, type and size of each")
    )
    is_private = models.BooleanField(
        default=False, help_text=_("holds a secret link, so only administrators may read it")
    )

    class Meta:
        verbose_name = _("kept mail")
        verbose_name_plural = _("kept mails")
        ordering = ["-sent_at", "-pk"]
        permissions = [("view_private_keptmail", "Can read mails with secret links")]

    def __str__(self) -> str:
        return self.subject
