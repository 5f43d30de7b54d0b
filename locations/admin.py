from django.contrib import admin
from django.http import HttpRequest

from accounts.rare_jobs import KeptInline, PartInline, SetUpAdmin
from locations.models import Closure, Location, OpeningHours, Prop, Room, Studio


class OpeningHoursInline(PartInline):
    model = OpeningHours


class RoomInline(KeptInline):
    model = Room
    show_change_link = True


class PropInline(PartInline):
    model = Prop


@admin.register(Studio)
class StudioAdmin(SetUpAdmin):
    list_display = ["name", "reference_prefix", "email"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not Studio.objects.exists() and super().has_add_permission(request)


@admin.register(Location)
class LocationAdmin(SetUpAdmin):
    list_display = ["name", "address", "zone_name", "is_open"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [OpeningHoursInline, RoomInline]


@admin.register(Room)
class RoomAdmin(SetUpAdmin):
    list_display = ["name", "location", "in_use"]
    list_filter = ["location", "in_use"]
    inlines = [PropInline]


@admin.register(Closure)
class ClosureAdmin(SetUpAdmin):
    list_display = ["location", "room", "during"]
    list_filter = ["location"]

    def has_delete_permission(self, request: HttpRequest, obj: Closure | None = None) -> bool:
        return self.has_change_permission(request, obj)
