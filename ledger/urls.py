"""The addresses of the books."""

from django.urls import path

from ledger.views import chart, closings, entries, exports, vat

app_name = "ledger"

urlpatterns = [
    path("", entries.entries, name="entries"),
    path("post/", entries.post, name="post"),
    path("entries/<int:pk>/", entries.entry, name="entry"),
    path("of-document/<int:pk>/", entries.of_document, name="of-document"),
    path("balance/", entries.balance, name="balance"),
    path("vat/", vat.vat, name="vat"),
    path("vat/documents/", vat.vat_documents, name="vat-documents"),
    path("closings/", closings.closings, name="closings"),
    path("closings/<int:pk>/", closings.closing, name="closing"),
    path("exports/", exports.exports, name="exports"),
    path("exports/archive/", exports.archive_export, name="archive-export"),
    path("exports/journal/", exports.journal_export, name="journal-export"),
    path("chart/", chart.charts, name="charts"),
    path("chart/<int:pk>/", chart.chart, name="chart"),
    path("chart/<int:pk>/begin/", chart.begin, name="begin"),
    path("chart/<int:pk>/account/", chart.account_create, name="account-create"),
    path("chart/<int:pk>/rule/", chart.rule_create, name="rule-create"),
    path("accounts/<int:pk>/", chart.account, name="account"),
    path("rules/<int:pk>/", chart.rule, name="rule"),
    path("books/<int:pk>/", chart.book, name="book"),
]
