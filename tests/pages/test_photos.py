"""Photos are served under names that a public therapist's row holds, and under no other."""

import pytest

from tests import factories as make
from therapists.models import Therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "therapists").mkdir()
    (tmp_path / "therapists" / "k3.webp").write_bytes(b"RIFF")
    (tmp_path / "secret.webp").write_bytes(b"no")
    person = make.therapist(name="Ana", photo="therapists/k3.webp", photo_text="Ana on the mat")
    return person


def test_a_photo_is_kept_by_browsers(client, ana):
    answer = client.get("/photos/k3.webp")
    assert b"".join(answer.streaming_content) == b"RIFF"
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_it_stands_on_the_page_with_its_words(client, ana):
    make.small_studio()
    html = client.get("/therapists/").content.decode()
    assert 'src="/photos/k3-small.webp" alt="Ana on the mat"' in html


def test_the_small_one_is_served_beside_it(client, ana, tmp_path):
    assert b"".join(client.get("/photos/k3-small.webp").streaming_content) == b"RIFF"  # there is none yet
    (tmp_path / "therapists" / "k3-small.webp").write_bytes(b"RIFFs")
    assert b"".join(client.get("/photos/k3-small.webp").streaming_content) == b"RIFFs"


@pytest.mark.parametrize(
    "name", ["other.webp", "secret.webp", "..%2Fsecret.webp", "k3.webp%00", "k%003.webp", "k3.svg"]
)
def test_nothing_else_is_served(client, ana, name):
    assert client.get(f"/photos/{name}").status_code == 404


def test_not_when_the_file_is_gone_or_she_is_not_public(client, ana, tmp_path):
    (tmp_path / "therapists" / "k3.webp").unlink()
    assert client.get("/photos/k3.webp").status_code == 404
    Therapist.objects.update(public=False)
    assert client.get("/photos/k3.webp").status_code == 404
