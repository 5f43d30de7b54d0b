"""A file that is too large is cut off while it arrives, and refused by its size."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from spa.uploads import MOST
from therapists.photo import LARGEST_BYTES

CHUNK = 64 * 1024


@pytest.mark.parametrize(("sent", "least", "most"), [(MOST, MOST, MOST), (3 * MOST, MOST + 1, MOST + CHUNK)])
def test_no_more_than_a_chunk_beyond_the_largest_file_is_kept(sent, least, most):
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.jpg", b"x" * sent)})
    with request.FILES["file"] as kept:
        assert least <= kept.size <= most
        assert len(kept.read()) == kept.size


def test_the_largest_photo_is_the_largest_file():
    assert LARGEST_BYTES == MOST
