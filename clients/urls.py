"""Addresses of the pages about the parties."""

from django.urls import path

from clients.views import clients, contacts, firm, importing, orders, places

app_name = "clients"
urlpatterns = [
    path("", clients.clients, name="clients"),
    path("new/", clients.client_create, name="client-create"),
    path("options/", clients.client_options, name="client-options"),
    path("<int:pk>/", clients.client, name="client"),
    path("<int:pk>/edit/", clients.client_edit, name="client-edit"),
    path("<int:pk>/lose/", clients.client_lose, name="client-lose"),
    path("<int:pk>/regain/", clients.client_regain, name="client-regain"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("<int:client_pk>/contacts/new/", contacts.contact_create, name="contact-create"),
    path("contacts/<int:pk>/", contacts.contact, name="contact"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact-edit"),
    path("contacts/<int:pk>/portal/", contacts.portal_grant, name="portal-grant"),
    path("contacts/<int:pk>/portal/revoke/", contacts.portal_revoke, name="portal-revoke"),
    path("contacts/<int:pk>/portal/invite/", contacts.portal_invite, name="portal-invite"),
    path("<int:client_pk>/sites/new/", places.site_create, name="site-create"),
    path("sites/<int:pk>/edit/", places.site_edit, name="site-edit"),
    path("sites/<int:pk>/delete/", places.site_delete, name="site-delete"),
    path("<int:client_pk>/orders/", orders.orders_of_client, name="orders-of-client"),
    path("assets/", places.assets, name="assets"),
    path("<int:client_pk>/assets/new/", places.asset_create, name="asset-create"),
    path("assets/<int:pk>/edit/", places.asset_edit, name="asset-edit"),
    path("assets/<int:pk>/delete/", places.asset_delete, name="asset-delete"),
    path("import/", importing.upload, name="import"),
    path("import/columns/", importing.columns, name="import-columns"),
    path("import/preview/", importing.preview, name="import-preview"),
    path("import/confirm/", importing.confirm, name="import-confirm"),
    path("import/cancel/", importing.cancel, name="import-cancel"),
    path("firm/", firm.firm, name="firm"),
]
