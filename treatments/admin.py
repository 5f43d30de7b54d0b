from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from accounts import versions
from accounts.rare_jobs import KeptInline, PartInline, SetUpAdmin
from spa import clock
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

    def save_model(self, request: HttpRequest, obj: ReminderStep, form: ModelForm, change: bool) -> None:
        versions.keep(row=obj, by=request.user, now=clock.now())
