"""The addresses of mails and ratings."""

from django.urls import path

from tickets.views import mailboxes, mails, outbound, rate, ratings

urlpatterns = [
    path("rate/<str:token>/", rate.rate, name="rate"),
    path("ratings/", ratings.ratings, name="ratings"),
    path("ratings/of-client/<int:client_pk>/", ratings.of_client, name="ratings-of-client"),
    path("mails/", mails.mails, name="mails"),
    path("mails/discard/", mails.discard_selected, name="mails-discard"),
    path("mails/out/", outbound.outbound, name="outbound"),
    path("mails/out/retry/", outbound.retry, name="outbound-retry"),
    path("mails/boxes/", mailboxes.mailboxes, name="mailboxes"),
    path("mails/boxes/new/", mailboxes.create, name="mailbox-create"),
    path("mails/boxes/<int:pk>/", mailboxes.mailbox, name="mailbox"),
    path("mails/boxes/<int:pk>/test/", mailboxes.test, name="mailbox-test"),
    path("mails/<int:pk>/", mails.mail, name="mail"),
    path("mails/<int:pk>/source/", mails.mail_source, name="mail-source"),
    path("mails/<int:pk>/formatted/", mails.mail_formatted, name="mail-formatted"),
    path("mails/<int:pk>/make-ticket/", mails.make_ticket, name="mail-make-ticket"),
    path("mails/<int:pk>/add/", mails.add_to_ticket, name="mail-add"),
    path("mails/<int:pk>/discard/", mails.discard, name="mail-discard"),
    path("mails/<int:pk>/restore/", mails.restore, name="mail-restore"),
    path("notes/<int:pk>/formatted/", mails.note_formatted, name="note-formatted"),
]
