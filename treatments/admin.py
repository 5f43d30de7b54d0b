from django.contrib import admin

from accounts.rare_jobs import KeptInline, PartInline, SetUpAdmin
from treatments.models import Guidance, Length, ReminderStep, TherapistTreatment, Treatment


class LengthInline(KeptInline):
    model = Length


class TherapistTreatmentInline(PartInline):
    model = TherapistTreatment


class GuidanceInline(PartInline):
    model = Guidance
    exclude = ["style"]


@admin.register(Treatment)
class TreatmentAdmin(SetUpAdmin):
    list_display = ["name", "style", "on_menu"]
    list_filter = ["on_menu", "style"]
    inlines = [LengthInline, TherapistTreatmentInline, GuidanceInline]


@admin.register(Guidance)
class GuidanceAdmin(SetUpAdmin):
    list_display = ["kind", "title", "treatment", "style", "anchor", "offset_minutes"]
    list_filter = ["kind"]


@admin.register(ReminderStep)
class ReminderStepAdmin(SetUpAdmin):
    list_display = ["kind", "subject", "treatment", "style", "anchor", "offset_minutes", "is_on"]
    list_filter = ["kind", "is_on"]
