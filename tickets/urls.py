"""The addresses of the desk."""

from django.urls import include, path

from tickets.views import (
    attachments,
    attainment,
    clock,
    forecast,
    new_ticket,
    setup,
    ticket_list,
    ticket_page,
    warnings,
    work,
)

app_name = "tickets"

urlpatterns = [
    path("", include("tickets.mail_urls")),
    path("", ticket_list.tickets, name="tickets"),
    path("take/", ticket_list.take_selected, name="tickets-take"),
    path("assign/", ticket_list.assign_selected, name="tickets-assign"),
    path("close/", ticket_list.close_selected, name="tickets-close"),
    path("of-client/<int:client_pk>/", ticket_list.of_client, name="of-client"),
    path("new/", new_ticket.create, name="ticket-create"),
    path("new/clients/", new_ticket.client_options, name="client-options"),
    path("new/choices/", new_ticket.client_choices, name="client-choices"),
    path("<int:pk>/", ticket_page.ticket, name="ticket"),
    path("<int:pk>/clock/", clock.clock, name="ticket-clock"),
    path("<int:pk>/edit/", ticket_page.edit, name="ticket-edit"),
    path("<int:pk>/respond/", ticket_page.respond, name="ticket-respond"),
    path("<int:pk>/status/", ticket_page.status, name="ticket-status"),
    path("<int:pk>/take/", ticket_page.take, name="ticket-take"),
    path("<int:pk>/assign/", ticket_page.assign, name="ticket-assign"),
    path("<int:pk>/set/<slug:name>/", ticket_page.change_property, name="ticket-set"),
    path("<int:pk>/forecast/<slug:kind>/", forecast.forecast, name="ticket-forecast"),
    path("files/<int:pk>/", attachments.attachment, name="attachment"),
    path("setup/", setup.setup, name="setup"),
    path("setup/boards/new/", setup.board_create, name="board-create"),
    path("setup/boards/<int:pk>/", setup.board_edit, name="board-edit"),
    path("setup/statuses/<int:pk>/", setup.status_edit, name="status-edit"),
    path("service-levels/", attainment.report, name="attainment"),
    path("service-levels/warnings/", warnings.warnings, name="warnings"),
    path("service-levels/warnings/retry/", warnings.retry_selected, name="warnings-retry"),
    path("service-levels/verdicts/", attainment.verdicts, name="verdicts"),
    path("time/<int:pk>/", work.edit_time_entry, name="time-edit"),
    path("time/<int:pk>/delete/", work.delete_time_entry, name="time-delete"),
    path("time/<int:pk>/take-back/", work.take_back, name="time-take-back"),
    path("part/<int:pk>/", work.edit_part_used, name="part-edit"),
    path("part/<int:pk>/remove/", work.remove_part_used, name="part-remove"),
    path("flat-rate/<int:pk>/", work.edit_flat_rate_item, name="flat-rate-edit"),
    path("flat-rate/<int:pk>/remove/", work.remove_flat_rate_item, name="flat-rate-remove"),
]
