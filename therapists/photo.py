"""A therapist's photo: what is taken, in which form it is kept, and its page as one value (see accounts.sheets).

The content is {"photo": "therapists/<name>.webp" or "", "photo_text": what it shows}. Files are never changed: their
names are random, so browsers may keep them for ever. They stay while a version that can be restored names them, and go
by themselves after that (therapists.files).
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
    name = content["photo"]
    if name and name != person.photo.name and not default_storage.exists(name):
        raise ValidationError(_("This photo is no longer kept: choose it again."))
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
    told = _("This is no photo that we can read: choose a JPEG, PNG or WebP file.")
    photo = upright(file, kinds=KINDS, told=told, enough=2 * SIDES[""])
    return {end: _square(photo, side) for end, side in SIDES.items()}


def upright(file: BinaryIO, *, kinds: tuple[str, ...], told: str, enough: int | None = None) -> Image.Image:
    """A picture in plain colours, as it was held. Kind and pixels are looked at before anything is decoded.

    `enough`: pixels a side that suffice; a JPEG need not be decoded at its full size then. Raises ValidationError,
    saying what was `told` when it is none of these kinds.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=kinds)
            if picture.width * picture.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            if enough:
                picture.draft("RGB", (enough, enough))
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(_too_large(), code="pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError):
        raise ValidationError(told) from None


def store(files: dict[str, bytes]) -> str:
    """Keep the squares under a new random name, and return that of the large one."""
    stem = f"{FOLDER}/{secrets.token_hex(16)}"
    for end, data in files.items():
        default_storage.save(f"{stem}{end}.webp", ContentFile(data))
    return f"{stem}.webp"


def discard(name: str) -> None:
    """Remove what was stored and is named nowhere."""
    for one in names_of(name):
        default_storage.delete(one)


def names_of(name: str) -> list[str]:
    """The files of a photo, one for each size, by the name of the large one."""
    stem, dot, kind = name.rpartition(".")
    return [f"{stem}{end}{dot}{kind}" for end in SIDES]


def _square(photo: Image.Image, side: int) -> bytes:
    plain = ImageOps.fit(photo, (side, side))
    plain.info.clear()
    kept = io.BytesIO()
    plain.save(kept, "WEBP", quality=80)
    return kept.getvalue()


def _too_large() -> str:
    return _("This photo has more than 40 million pixels: choose a smaller one.")
