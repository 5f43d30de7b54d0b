"""The tab of the photo: looked at before it is decoded, cut square in two sizes, without metadata."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from therapists.models import Therapist
from therapists.photo import LARGEST_BYTES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(kind="JPEG", size=(900, 600), mode="RGB", **options):
    kept = io.BytesIO()
    Image.new(mode, size).save(kept, kind, **options)
    return kept.getvalue()


def send(client, cast, status, data=b"", name="ana.jpg", **changes):
    path = f"/studio/therapists/{cast.ana.pk}/photo/"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]
    typed = {"seen": seen, "photo_text": "Ana on the mat", "do": "save"} | changes
    if data:
        typed["file"] = SimpleUploadedFile(name, data)
    answer = client.post(path, typed)
    assert answer.status_code == status
    return answer.text


def opened(file):
    return Image.open(io.BytesIO(file.read_bytes()))


def kept(media):
    return sorted(file.name for file in (media / "therapists").glob("*")) if (media / "therapists").exists() else []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_cut_square_in_two_sizes(client, ada, cast, media, kind):
    send(client, cast, 303, picture(kind))
    stem = Therapist.objects.get(pk=cast.ana.pk).photo.name.removesuffix(".webp")
    photos = [opened(media / f"{stem}{end}.webp") for end in ("", "-small")]
    assert [(one.format, one.size) for one in photos] == [("WEBP", (704, 704)), ("WEBP", (144, 144))]
    assert re.fullmatch("therapists/[0-9a-f]{32}", stem)


def test_where_and_when_it_was_taken_is_not_kept(client, ada, cast, media):
    exif = Image.Exif()
    exif[0x0132], exif[0x010E] = "2026:11:20 09:00:00", "secret garden"
    send(client, cast, 303, picture(exif=exif, comment=b"secret garden"))
    for file in (media / "therapists").glob("*"):
        assert b"secret" not in file.read_bytes()
        assert not opened(file).getexif()


def test_what_hides_behind_a_photo_is_not_kept(client, ada, cast, media):
    send(client, cast, 303, picture("PNG") + b"<script>1</script>", name="ana.svg")
    files = list((media / "therapists").glob("*"))
    assert len(files) == 2
    assert [b"<script>" in file.read_bytes() for file in files] == [False, False]


def test_it_stands_on_her_page(client, ada, cast):
    send(client, cast, 303, picture())
    html = client.get("/therapists/ana/").text
    address = re.search(r'src="(/photos/[0-9a-f]+\.webp)" alt="Ana on the mat"', html)[1]
    answer = client.get(address)
    assert b"".join(answer.streaming_content).startswith(b"RIFF")
    assert answer["Content-Type"] == "image/webp"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "This is no photo that we can read"),
        (b"GIF89a" + b"\0" * 99, "This is no photo that we can read"),
        (b"\x89PNG\r\n\x1a\n<script>1</script>" + b"\0" * 99, "This is no photo that we can read"),
        (picture()[:400], "This is no photo that we can read"),
        (picture("BMP"), "This is no photo that we can read"),
        (picture("PNG", (7000, 7000), "1"), "This photo has more than 40 million pixels"),
        (picture("PNG", (10_000, 10_000), "1"), "This photo has more than 40 million pixels"),
        (b"\xff\xd8" + b"x" * LARGEST_BYTES, "This file is larger than 8 MB"),
    ],
    ids=["svg", "gif", "lying", "cut off", "bitmap", "large", "bomb", "heavy"],
)
def test_what_is_no_photo_is_told_and_not_kept(client, ada, cast, media, data, words):
    html = send(client, cast, 422, data)
    assert html.count(words) == 2  # in the summary and at the field
    assert (kept(media), Therapist.objects.get(pk=cast.ana.pk).photo.name) == ([], "")


def test_a_photo_is_described(client, ada, cast, media):
    html = send(client, cast, 422, picture(), photo_text="")
    assert html.count("Say what the photo shows, for those who cannot see it.") == 2
    assert kept(media) == []


def test_somebody_elses_photo_is_not_overwritten_unseen(client, ada, cast, media):
    send(client, cast, 409, picture(), seen="0" * 32)
    assert kept(media) == []


def test_taken_away_and_brought_back(client, ada, cast, media):
    send(client, cast, 303, picture())
    name = Therapist.objects.get(pk=cast.ana.pk).photo.name
    send(client, cast, 303, do="remove")
    assert Therapist.objects.get(pk=cast.ana.pk).photo.name == ""
    path = f"/studio/therapists/{cast.ana.pk}/photo/"
    number = re.search(r'name="version" value="(\d+)"', client.get(path).text)[1]
    client.post(f"{path}restore/", {"version": number})
    assert Therapist.objects.get(pk=cast.ana.pk).photo.name == name


def test_words_without_a_photo_are_not_kept(client, ada, cast):
    send(client, cast, 303, photo_text="Nothing to see")
    assert Therapist.objects.get(pk=cast.ana.pk).photo_text == ""
