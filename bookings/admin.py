"""Bookings are looked at here, never changed: a change goes through an action, which keeps rooms and mails in step."""

from django.contrib import admin
from django.http import HttpRequest

from accounts.rare_jobs import ReadOnlyAdmin
from bookings.models import Booking, BookingEvent, Message


class EventInline(admin.TabularInline):
    model = BookingEvent
    extra = 0
    can_delete = False
    fields = readonly_fields = ["at", "verb", "by", "actor", "before", "after", "reason"]

    def has_view_permission(self, request: HttpRequest, obj: Booking | None = None) -> bool:
        return True  # whoever may see the booking may see what happened to it

    def has_add_permission(self, request: HttpRequest, obj: Booking | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Booking | None = None) -> bool:
        return False


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    list_display = ["reference", "during", "therapist", "room", "treatment_name", "name", "status", "screening"]
    list_filter = ["status", "location", "therapist", "screening"]
    list_select_related = ["therapist", "room"]
    search_fields = ["reference", "name", "email"]
    ordering = ["-start_tick"]
    exclude = ["key", "held_by", "held_from", "party", "series"]
    inlines = [EventInline]


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["due_at", "kind", "recipient", "state", "attempts", "reason"]
    list_filter = ["state", "kind", "channel"]
    search_fields = ["recipient"]
    ordering = ["-due_at"]

    def get_exclude(self, request: HttpRequest, obj: Message | None = None) -> list[str]:
        """The words of a mail that signs somebody in are for its reader alone."""
        return ["html", "subject", "text"] if obj and obj.is_secret else ["html"]
