"""The addresses of what is collected."""

from django.urls import path

from payments.views import batches, mandates, statement

app_name = "payments"

urlpatterns = [
    path("", batches.batches, name="batches"),
    path("new/", batches.create, name="batch-create"),
    path("<int:pk>/", batches.batch, name="batch"),
    path("<int:pk>/send/", batches.send, name="batch-send"),
    path("<int:pk>/file/", batches.file, name="batch-file"),
    path("<int:pk>/cancel/", batches.cancel, name="batch-cancel"),
    path("<int:pk>/book/", batches.book, name="batch-book"),
    path("lines/<int:pk>/return/", batches.take_back, name="debit-return"),
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/new/", mandates.create, name="mandate-create"),
    path("mandates/<int:pk>/", mandates.mandate, name="mandate"),
    path("mandates/<int:pk>/end/", mandates.end, name="mandate-end"),
    path("mandates/<int:pk>/document/", mandates.document, name="mandate-document"),
    path("mandates/of-client/<int:client_pk>/", mandates.of_client, name="of-client"),
    path("statement/<int:pk>/", statement.statement, name="statement"),
    path("statement/<int:pk>/book/", statement.book, name="statement-book"),
]
