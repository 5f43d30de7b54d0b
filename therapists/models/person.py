"""Who gives sessions: how clients meet her, and what she may give."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField


def usual_parts() -> list[str]:
    """What therapists edit themselves unless the studio says otherwise."""
    return ["headline", "bio", "languages"]


class Style(models.Model):
    """A school of barefoot massage. Surface, clothing and oil follow from it, so advice does too."""

    slug = models.SlugField(unique=True)
    name = I18nCharField(_("name"), max_length=80)
    origin = I18nCharField(_("origin"), max_length=80, blank=True)
    surface = I18nCharField(_("surface"), max_length=80, blank=True)
    clothing = I18nCharField(_("what the client wears"), max_length=120, blank=True)
    is_clothed = models.BooleanField(_("the client stays dressed"), default=True)
    uses_oil = models.BooleanField(_("with oil"), default=False)
    needs_certificate = models.BooleanField(_("needs a certificate"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return str(self.name)


class Therapist(models.Model):
    class Gender(models.TextChoices):
        WOMAN = "woman", _("a woman")
        MAN = "man", _("a man")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="therapist"
    )
    slug = models.SlugField(
        _("address on this site"),
        unique=True,
        error_messages={"unique": _("Another therapist has this address: choose another one, like ana-2.")},
    )
    name = models.CharField(_("name"), max_length=80)
    headline = I18nCharField(_("short line"), max_length=80, blank=True)
    bio = I18nTextField(_("about"), blank=True)
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"), default=list, blank=True)
    photo = models.ImageField(_("photo"), upload_to="therapists", blank=True)
    photo_text = models.CharField(_("what the photo shows"), max_length=120, blank=True)
    styles = models.ManyToManyField(Style, related_name="therapists", blank=True)
    pressure_from = models.PositiveSmallIntegerField(_("pressure from"), default=1)
    pressure_to = models.PositiveSmallIntegerField(_("pressure to"), default=5)
    # Only where she wants it: clients may look for it on the site.
    gender = models.CharField(_("clients may look for"), max_length=5, choices=Gender, blank=True)
    # Suitability and other hints. Only staff read them.
    staff_note = models.TextField(_("staff notes"), blank=True)
    bookable = models.BooleanField(_("bookable"), default=True)
    public = models.BooleanField(_("shown on the site"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # What she is told by e-mail, at the address she signs in with.
    hears_new = models.BooleanField(_("is told of new sessions"), default=True)
    hears_moved = models.BooleanField(_("is told of moved sessions"), default=True)
    hears_cancelled = models.BooleanField(_("is told of cancelled sessions"), default=True)
    hears_morning = models.BooleanField(_("gets the list of her day in the morning"), default=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pressure_from__gte=1, pressure_to__lte=5, pressure_from__lte=F("pressure_to")),
                name="therapist_pressure_1_to_5",
                violation_error_message=_("Pressure runs from 1 to 5, the lighter end first."),
            ),
            models.CheckConstraint(
                condition=Q(photo="") | ~Q(photo_text=""),
                name="therapist_photo_described",
                violation_error_message=_("Say what the photo shows, for those who cannot see it."),
            ),
            models.CheckConstraint(
                condition=Q(gender__in=["", "woman", "man"]),
                name="therapist_gender_known",
                violation_error_message=_("Choose one of the listed answers, or none."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OwnParts(models.Model):
    """Which parts of her own profile a therapist edits herself: one row, the same for all."""

    class Part(models.TextChoices):
        PHOTO = "photo", _("photo")
        HEADLINE = "headline", _("short line")
        BIO = "bio", _("about her")
        LANGUAGES = "languages", _("languages she speaks")
        PRESSURE = "pressure", _("lightest and deepest pressure")

    parts = ArrayField(models.CharField(max_length=9, choices=Part), default=usual_parts, blank=True)

    class Meta:
        verbose_name_plural = "own parts"
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="own_parts_is_one_row",
                violation_error_message=_("What therapists edit themselves is said once for all."),
            ),
            models.CheckConstraint(
                condition=Q(parts__contained_by=["photo", "headline", "bio", "languages", "pressure"]),
                name="own_parts_known",
                violation_error_message=_("Choose from the list."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.parts)


class Certificate(models.Model):
    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="certificates")
    body = models.CharField(_("issued by"), max_length=80)
    level = models.CharField(_("level"), max_length=60, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("last valid day"), null=True, blank=True)
    styles = models.ManyToManyField(Style, related_name="certificates")
    # Only staff see it, as a download: see therapists.paper_file.
    file = models.FileField(_("file"), upload_to="certificates", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="certificate_dates_in_order",
                violation_error_message=_("A certificate expires after it was issued."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.level}".strip()
