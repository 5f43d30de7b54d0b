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
