"""Who gives sessions, what she may give, and when she works."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from locations.models import Location, WeeklyBlock, filled_range, weekly_checks


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


class WorkingHours(WeeklyBlock):
    """A weekly block at one location, every week or every second week from the week of `valid_from`."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="working_hours")
    location = models.ForeignKey(Location, models.PROTECT, related_name="working_hours")
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("last valid day"), null=True, blank=True)
    every_weeks = models.PositiveSmallIntegerField(_("every … weeks"), default=1)

    class Meta(WeeklyBlock.Meta):
        verbose_name_plural = "working hours"
        constraints = [
            *weekly_checks("working"),
            models.CheckConstraint(
                condition=Q(every_weeks__in=[1, 2]),
                name="working_every_1_or_2_weeks",
                violation_error_message=_("Hours repeat every week or every second week."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="working_dates_in_order",
                violation_error_message=_("Hours end after they begin."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.therapist}, {self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"


class Period(models.Model):
    """A dated period of one therapist, half-open, in UTC."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="%(class)s_set")
    during = DateTimeRangeField(_("from and to"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.therapist}, {self.during.lower:%Y-%m-%d %H:%M}"


class ExtraHours(Period):
    location = models.ForeignKey(Location, models.PROTECT, related_name="extra_hours")

    class Meta:
        verbose_name_plural = "extra hours"
        constraints = [
            models.CheckConstraint(
                condition=filled_range("during"),
                name="extra_has_both_ends",
                violation_error_message=_("Extra hours have a beginning and a later end."),
            ),
        ]


class TimeOff(Period):
    """Time off may overlap booked sessions: illness comes after the booking. Only accepted time blocks."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("holiday")
        ILLNESS = "illness", _("illness")
        TRAINING = "training", _("training")
        OTHER = "other", _("other")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.HOLIDAY)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ACCEPTED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    # The word with which it was declined: she reads it.
    answer = models.CharField(_("answer"), max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "time off"
        constraints = [
            models.CheckConstraint(
                condition=filled_range("during"),
                name="time_off_has_both_ends",
                violation_error_message=_("Time off has a beginning and a later end."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["holiday", "illness", "training", "other"],
                    state__in=["proposed", "accepted", "declined"],
                ),
                name="time_off_kind_and_state_known",
                violation_error_message=_("Choose one of the listed kinds."),
            ),
        ]


class Limit(models.Model):
    """How much one therapist gives in a day. A weekday's own limit wins over the one for every day."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="limits")
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True)
    sessions = models.PositiveSmallIntegerField(_("sessions a day"), null=True, blank=True)
    hands_on_minutes = models.PositiveSmallIntegerField(_("minutes of massage a day"), null=True, blank=True)
    run_minutes = models.PositiveSmallIntegerField(_("longest run without rest, minutes"), null=True, blank=True)
    rest_minutes = models.PositiveSmallIntegerField(_("rest after a run, minutes"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "weekday"],
                nulls_distinct=False,
                name="limit_once_a_weekday",
                violation_error_message=_("There is already a limit for this day."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6),
                name="limit_weekday",
                violation_error_message=_("A week has seven days."),
            ),
            models.CheckConstraint(
                condition=Q(run_minutes__isnull=True) | Q(rest_minutes__gt=0),
                name="limit_run_needs_rest",
                violation_error_message=_("A longest run needs a rest after it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.therapist}: {self.sessions or '-'} sessions"


class CalendarFeed(models.Model):
    """The private address under which a therapist's calendar reads her sessions. Only the token's hash is kept."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash__regex=r"^[0-9a-f]{64}$"),  # noqa: S106 - the shape of a hash, no password
                name="feed_token_is_hashed",
                violation_error_message=_("An address of a calendar is kept as its hash only."),
            ),
            models.UniqueConstraint(
                fields=["therapist"],
                condition=Q(revoked_at__isnull=True),
                name="feed_one_per_therapist",
                violation_error_message=_("This therapist has an address for her calendar already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.therapist}, {self.made_at:%Y-%m-%d}"
