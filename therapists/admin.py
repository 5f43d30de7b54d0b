from django.contrib import admin

from accounts.rare_jobs import PartInline, SetUpAdmin
from therapists.models import Certificate, ExtraHours, Limit, Style, Therapist, TimeOff, WorkingHours


class WorkingHoursInline(PartInline):
    model = WorkingHours


class ExtraHoursInline(PartInline):
    model = ExtraHours


class TimeOffInline(PartInline):
    model = TimeOff


class LimitInline(PartInline):
    model = Limit


class CertificateInline(PartInline):
    model = Certificate
    exclude = ["file"]  # its own page looks at what is uploaded


@admin.register(Style)
class StyleAdmin(SetUpAdmin):
    list_display = ["name", "needs_certificate", "uses_oil", "is_clothed"]


@admin.register(Therapist)
class TherapistAdmin(SetUpAdmin):
    list_display = ["name", "bookable", "public"]
    list_filter = ["bookable", "public", "styles"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["styles"]
    exclude = ["photo", "photo_text"]  # its own page looks at what is uploaded, and cuts it
    autocomplete_fields = ["user"]
    inlines = [WorkingHoursInline, ExtraHoursInline, TimeOffInline, LimitInline, CertificateInline]
