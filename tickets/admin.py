"""What administrators set up for the desk."""

from django.contrib import admin

from catalog.models import Category
from tickets.models import ServiceBoard, TicketStatus


@admin.register(ServiceBoard)
class ServiceBoardAdmin(admin.ModelAdmin[ServiceBoard]):
    """Boards, and which one new tickets go to."""

    list_display = ("name", "is_default")


@admin.register(TicketStatus)
class TicketStatusAdmin(admin.ModelAdmin[TicketStatus]):
    """Statuses, what they mean and in which order they are offered."""

    list_display = ("name", "code", "kind", "position")
    list_editable = ("position",)


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin[Category]):
    """What tickets can be about."""

    list_display = ("name",)
