"""Addresses of the pages about people."""

from django.urls import path

from accounts.views import audit, people, profile

app_name = "accounts"
urlpatterns = [
    path("me/", profile.profile, name="profile"),
    path("me/tokens/", profile.tokens, name="tokens"),
    path("me/tokens/<uuid:public_id>/revoke/", profile.token_revoke, name="token-revoke"),
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person-add"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person-edit"),
    path("people/<int:pk>/deactivate/", people.person_deactivate, name="person-deactivate"),
    path("people/<int:pk>/reactivate/", people.person_reactivate, name="person-reactivate"),
    path(
        "people/<int:pk>/forget-factor/", people.person_forget_factor, name="person-forget-factor"
    ),
    path("people/<int:pk>/invite/", people.person_invite, name="person-invite"),
    path("audit/", audit.audit_trail, name="audit-trail"),
    path("history/<str:app>/<str:model>/<int:pk>/", audit.history, name="history"),
]
