"""The file of a certificate: what is taken, and in which form it is kept.

A picture is drawn anew, without metadata; a PDF stays as it came and is only ever handed out as a download. Names are
random. The file goes when another one stands in its place: versions keep the words of a certificate, not its scan.
"""

import io
import secrets
from typing import BinaryIO, NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from therapists.photo import LARGEST_BYTES, upright

FOLDER = "certificates"
LONGEST_SIDE = 2400
KINDS = {"pdf": "application/pdf", "jpg": "image/jpeg"}


class Kept(NamedTuple):
    """A file in the form in which it is kept. `kind` is one of KINDS."""

    kind: str
    data: bytes


def looked_at(file: BinaryIO, size: int) -> Kept:
    """The file in the form in which it is kept. What it is, its first bytes say, not its name.

    `size`: its bytes. Raises ValidationError.
    """
    if size > LARGEST_BYTES:
        raise ValidationError(_("This file is larger than 8 MB: choose a smaller one."), code="bytes")
    if file.read(5) == b"%PDF-":
        return _pdf(b"%PDF-" + file.read())
    file.seek(0)
    picture = upright(file, kinds=("JPEG", "PNG"), told=_no_file())
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture.info.clear()
    drawn = io.BytesIO()
    picture.save(drawn, "JPEG", quality=85)
    return Kept("jpg", drawn.getvalue())


def store(kept: Kept) -> str:
    """Keep a file under a new random name, and return the name."""
    return default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.{kept.kind}", ContentFile(kept.data))


def _pdf(data: bytes) -> Kept:
    """A whole one: its last lines end it."""
    if b"%%EOF" not in data[-2048:]:
        raise ValidationError(_no_file(), code="pdf")
    return Kept("pdf", data)


def _no_file() -> str:
    return _("This is no certificate that we can read: choose a PDF, JPEG or PNG file.")
