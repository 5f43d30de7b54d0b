from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class UserManager(BaseUserManager):
    use_in_migrations = True

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Whoever signs in. The e-mail address is the name."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    # Goes up when all her open sessions end: switched on again, she does not find them as she left them.
    sessions_ended = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Somebody already signs in with this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email

    def has_role(self, role: str) -> bool:
        return self.is_superuser or self.groups.filter(name=role).exists()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What each open session carries. Django makes it of the password; here it ends with `sessions_ended` too."""
        hashed = super()._get_session_auth_hash(secret=secret)
        return f"{hashed}{self.sessions_ended}" if self.sessions_ended else hashed


class Invitation(models.Model):
    """Somebody was asked to work here and has no password yet. Her link carries `version`: a later one ends it."""

    user = models.OneToOneField(User, models.CASCADE, related_name="invitation")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user}, {self.sent_at:%Y-%m-%d %H:%M}"


class Door(models.Model):
    """What the studio asks of those who sign in: one row."""

    second_factor = models.BooleanField(_("admins sign in with a second factor"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="door_is_one_row",
                violation_error_message=_("A house has one door."),
            ),
        ]

    def __str__(self) -> str:
        return f"second factor: {self.second_factor}"


class StaffEvent(models.Model):
    """What was done about somebody who works here, by whom and when. `told`: how she stood from then on."""

    class Verb(models.TextChoices):
        INVITED = "invited", _("invited")
        AGAIN = "again", _("invited again")
        WITHDRAWN = "withdrawn", _("invitation withdrawn")
        ACCEPTED = "accepted", _("set her password")
        CHANGED = "changed", _("changed")
        OFF = "off", _("switched off")
        ON = "on", _("switched on")
        ASKED = "asked", _("second factor asked of admins")
        UNASKED = "unasked", _("second factor no longer asked of admins")

    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="staff_events")
    email = models.EmailField(blank=True)
    verb = models.CharField(max_length=9, choices=Verb)
    told = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    verb__in=[
                        *("invited", "again", "withdrawn", "accepted", "changed", "off", "on", "asked", "unasked"),
                    ]
                ),
                name="staff_event_verb_known",
                violation_error_message=_("Only these things are done about who works here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.verb}"


class Attempt(models.Model):
    """One try at something that is throttled. The subject is a keyed hash, never an address."""

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("kind", "subject", "made_at", name="attempt_by_subject")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.made_at:%Y-%m-%d %H:%M}"


class Sheet(models.Model):
    """What one page of the office says of one thing, as one value: the rows behind it may be many.

    `kind` names the page, `number` is the id of the thing. See accounts.sheets.
    """

    kind = models.CharField(max_length=24)
    number = models.PositiveBigIntegerField()
    content = models.JSONField()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"],
                name="sheet_once",
                violation_error_message=_("This page has a sheet already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
