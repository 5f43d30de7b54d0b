"""A therapist's photo: what is taken, in which form it is kept, and its page as one value (see accounts.sheets).

The content is {"photo": "therapists/<name>.webp" or "", "photo_text": what it shows}. Files are never changed and never
deleted while a version may name them: their names are random, so browsers may keep them for ever.
"""

import io
import secrets
import warnings
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from accounts.sheets import Content, Page
from therapists.models import Therapist

FOLDER = "therapists"
LARGEST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
KINDS = ("JPEG", "PNG", "WEBP")
SIDES = {"": 704, "-small": 144}
"""Square pixels by the end of the name: the photo of a page on a dense screen, and that of a card."""


def read(person: Therapist) -> Content:
    return {"photo": person.photo.name or "", "photo_text": person.photo_text}


def write(person: Therapist, content: Content) -> None:
    person.photo, person.photo_text = content["photo"], content["photo_text"]
    person.full_clean(exclude=["photo"])
    person.save(update_fields=["photo", "photo_text"])


PHOTO = Page(kind="therapist.photo", read=read, write=write)


def squares(file: BinaryIO, size: int) -> dict[str, bytes]:
    """The photo as WebP squares by the end of their names, without any metadata.

    `size`: its bytes. Size and pixels are looked at before anything is decoded. Raises ValidationError.
    """
    if size > LARGEST_BYTES:
        raise ValidationError(_("This file is larger than 8 MB: choose a smaller photo."), code="bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _squares(Image.open(file, formats=KINDS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(_too_large(), code="pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError):
        raise ValidationError(_("This is no photo that we can read: choose a JPEG, PNG or WebP file.")) from None


def store(files: dict[str, bytes]) -> str:
    """Keep the squares under a new random name, and return that of the large one."""
    stem = f"{FOLDER}/{secrets.token_hex(16)}"
    for end, data in files.items():
        default_storage.save(f"{stem}{end}.webp", ContentFile(data))
    return f"{stem}.webp"


def discard(name: str) -> None:
    """Remove what was stored and is named nowhere."""
    for end in SIDES:
        default_storage.delete(name.replace(".webp", f"{end}.webp"))


def _squares(photo: Image.Image) -> dict[str, bytes]:
    if photo.width * photo.height > MOST_PIXELS:
        raise Image.DecompressionBombError
    photo.draft("RGB", (2 * SIDES[""], 2 * SIDES[""]))  # a JPEG need not be decoded at its full size
    upright = ImageOps.exif_transpose(photo).convert("RGB")
    found = {}
    for end, side in SIDES.items():
        plain = ImageOps.fit(upright, (side, side))
        plain.info.clear()
        kept = io.BytesIO()
        plain.save(kept, "WEBP", quality=80)
        found[end] = kept.getvalue()
    return found


def _too_large() -> str:
    return _("This photo has more than 40 million pixels: choose a smaller one.")
