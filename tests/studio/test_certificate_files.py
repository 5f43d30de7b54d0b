"""The file of a certificate: looked at before it is kept, handed to admins as a download, gone when it is replaced."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import roles
from tests import factories as make
from tests.studio.test_photo import kept as photos_kept
from tests.studio.test_photo import picture
from therapists.models import Certificate
from therapists.photo import LARGEST_BYTES

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\ntrailer\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept(media):
    return sorted(file.name for file in (media / "certificates").glob("*"))


def send(client, cast, status, data=b"", name="scan.pdf", **changes):
    path = f"/studio/therapists/{cast.ana.pk}/certificates/?paper=0"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]
    typed = {"seen": seen, "body": "School", "level": "", "number": "", "issued_on": "2024-03-01", "expires_on": ""}
    typed |= {"styles": [cast.bars.pk], "do": "save"} | changes
    if data:
        typed["file"] = SimpleUploadedFile(name, data)
    answer = client.post(path, typed)
    assert answer.status_code == status
    return answer.text


def address(client, cast):
    html = client.get(f"/studio/therapists/{cast.ana.pk}/certificates/?paper=0").text
    return re.search(r'href="(/studio/therapists/\d+/certificates/[0-9a-f]{32}\.\w+)" download', html)[1]


def test_a_pdf_comes_back_as_a_download_that_runs_nothing(client, ada, cast):
    send(client, cast, 303, PDF)
    answer = client.get(address(client, cast))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="ana-school.pdf"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_drawn_anew(client, ada, cast, media, kind):
    exif = Image.Exif()
    exif[0x010E] = "secret garden"
    send(client, cast, 303, picture(kind, (5000, 100), exif=exif) + b"<script>1</script>", name="scan.pdf")
    data = (media / "certificates" / kept(media)[0]).read_bytes()
    drawn = Image.open(io.BytesIO(data))
    assert (drawn.format, drawn.size, kept(media)[0][-4:]) == ("JPEG", (2400, 48), ".jpg")
    assert b"secret" not in data and b"<script>" not in data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "This is no certificate that we can"),
        (b"<html>%PDF-1.7 %%EOF", "This is no certificate that we can read: choose a PDF, JPEG or PNG file."),
        (PDF[:-6], "This is no certificate that we can read: choose a PDF, JPEG or PNG file."),
        (b"MZ\x90\x00" + b"\0" * 99, "This is no certificate that we can read: choose a PDF, JPEG or PNG file."),
        (picture("PNG", (10_000, 10_000), "1"), "more than 40 million pixels"),
        (PDF + b"x" * LARGEST_BYTES, "This file is larger than 8 MB: choose a smaller one."),
    ],
    ids=["svg", "page", "cut off", "program", "bomb", "heavy"],
)
def test_what_is_no_certificate_is_told_and_not_kept(client, ada, cast, media, data, words):
    html = send(client, cast, 422, data, body="Another school")
    assert html.count(words) == 2  # in the summary and at the field
    assert (kept(media), Certificate.objects.get().body) == ([], "Barefoot School")


def test_a_file_is_not_kept_while_something_else_is_wrong(client, ada, cast, media):
    html = send(client, cast, 422, PDF, body="")
    assert html.count("Write who issued it.") == 2
    assert (kept(media), Certificate.objects.get().body) == ([], "Barefoot School")


def test_the_former_file_goes_when_another_takes_its_place(client, ada, cast, media):
    send(client, cast, 303, PDF)
    former = address(client, cast)
    send(client, cast, 303, picture("PNG"))
    assert client.get(former).status_code == 404
    assert [name[-4:] for name in kept(media)] == [".jpg"]


def test_words_are_changed_and_the_file_stays(client, ada, cast, media):
    send(client, cast, 303, PDF)
    before = kept(media)
    send(client, cast, 303, level="Two bars")
    assert (kept(media), Certificate.objects.get().level) == (before, "Two bars")


@pytest.mark.parametrize("away", [{"no_file": "on"}, {"do": "remove"}])
def test_a_file_taken_away_is_deleted(client, ada, cast, media, away):
    send(client, cast, 303, PDF)
    send(client, cast, 303, **away)
    assert kept(media) == []


def test_a_former_version_comes_back_without_the_file_that_was_deleted(client, ada, cast, media):
    send(client, cast, 303, PDF)
    send(client, cast, 303, do="remove")
    path = f"/studio/therapists/{cast.ana.pk}/certificates/"
    number = re.search(r'name="version" value="(\d+)"', client.get(path).text)[1]
    assert client.post(f"{path}restore/", {"version": number}).status_code == 303
    assert [(paper.body, paper.file.name) for paper in Certificate.objects.all()] == [("School", "")]


def test_somebody_elses_change_keeps_no_file(client, ada, cast, media):
    send(client, cast, 409, PDF, seen="0" * 32)
    assert kept(media) == []


@pytest.mark.parametrize("role", [None, roles.THERAPIST, roles.FRONT_DESK])
def test_nobody_else_gets_it(client, ada, cast, role):
    send(client, cast, 303, PDF)
    path = address(client, cast)
    client.logout()
    if role:
        client.force_login(make.user(role=role))
    assert client.get(path).status_code == (404 if role else 302)


def test_the_site_shows_nothing_of_it(client, ada, cast, media):
    send(client, cast, 303, PDF)
    name = kept(media)[0]
    html = client.get("/therapists/ana/").text
    assert "School" in html and name[:32] not in html and "/certificates/" not in html
    assert (client.get(f"/photos/{name}").status_code, client.get(f"/media/certificates/{name}").status_code) == (
        404,
        404,
    )
    assert photos_kept(media) == []


def test_a_file_that_is_gone_is_not_there(client, ada, cast, media):
    send(client, cast, 303, PDF)
    path = address(client, cast)
    (media / "certificates" / kept(media)[0]).unlink()
    assert client.get(path).status_code == 404
