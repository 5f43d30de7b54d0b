"""A therapist edits those parts of her own profile that the studio lets her, and nothing of anybody else's."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import roles
from accounts.models import Sheet
from tests import factories as make
from tests.malformed import NASTY
from tests.refused import refused
from tests.studio.test_photo import kept, media, picture
from therapists.models import OwnParts, Therapist

pytestmark = pytest.mark.django_db
PAGE, PHOTO, SETTING = "/desk/mine/profile/", "/desk/mine/photo/", "/studio/staff/own-profile/"
HERS = {"headline_en": "Slow and deep.", "headline_es": "", "bio_en": "Ten years.", "bio_es": "", "languages": ["en"]}
ALL = sorted(OwnParts.Part.values)

__all__ = ["media"]


@pytest.fixture
def ana(client, cast) -> Therapist:
    """Ana is signed in."""
    person = make.user(role=roles.THERAPIST, name="Ana Silva")
    Therapist.objects.filter(pk=cast.ana.pk).update(user=person)
    client.force_login(person)
    return cast.ana


def let_edit(*parts) -> None:
    OwnParts.objects.update_or_create(pk=1, defaults={"parts": list(parts)})


def send(client, status=303, path=PAGE, **typed) -> str:
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).text)[1]
    answer = client.post(path, {"seen": seen} | typed)
    assert answer.status_code == status
    return answer.text


def test_she_edits_line_text_and_languages_as_long_as_nobody_has_chosen(client, ana):
    send(client, **HERS)
    ana.refresh_from_db()
    assert (str(ana.headline), str(ana.bio), ana.languages) == ("Slow and deep.", "Ten years.", ["en"])
    assert "Slow and deep." in client.get("/therapists/ana/").text


def test_the_office_sees_her_change_among_the_versions_and_takes_it_back(client, ana, cast):
    send(client, **HERS)
    newest, former = Sheet.history.filter(kind="therapist.profile", number=ana.pk)
    assert (str(newest.history_user), former.history_user) == ("Ana Silva", None)
    client.force_login(make.user(role=roles.STUDIO_ADMIN))
    path = f"/studio/therapists/{ana.pk}/profile/restore/"
    assert client.post(path, {"version": former.history_id}).status_code == 303
    assert str(Therapist.objects.get(pk=ana.pk).headline) == ""


def test_whatever_else_she_sends_is_not_read(client, ana, cast):
    more = {"name": "Boss", "slug": "boss", "order": "0", "public": "", "gender": "man", "pressure_from": "5"}
    send(client, **HERS, **more, styles=[cast.mat.pk], pressure_to="5", bookable="", staff_note="x")
    ana.refresh_from_db()
    assert (ana.name, ana.slug, ana.order, ana.public, ana.gender, ana.bookable) == ("Ana", "ana", 1, True, "", True)
    assert (ana.pressure_from, ana.pressure_to, ana.styles.count(), ana.staff_note) == (1, 5, 2, "")


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("headline", {"headline_en", "headline_es"}),
        ("bio", {"bio_en", "bio_es"}),
        ("languages", {"languages"}),
        ("pressure", {"pressure_from", "pressure_to"}),
        ("photo", set()),
    ],
)
def test_each_part_is_let_by_itself(client, ana, part, names):
    let_edit(part)
    html = client.get(PAGE).text.partition("<main")[2]
    assert set(re.findall(r' name="(\w+)"', html)) - {"csrfmiddlewaretoken", "seen"} == names
    assert (client.get(PHOTO).status_code == 200, PHOTO in html) == (part == "photo", part == "photo")


def test_a_part_that_is_not_let_stays_as_it_is(client, ana):
    let_edit("pressure")
    send(client, **HERS, pressure_from="2", pressure_to="4")
    ana.refresh_from_db()
    assert (str(ana.headline), ana.languages, ana.pressure_from, ana.pressure_to) == ("", [], 2, 4)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"headline_en": "x" * 81}, "Shorten this to 80 letters or fewer."),
        ({"bio_en": "x" * 10_000}, "Shorten this to 4000 letters or fewer."),
        ({"languages": ["xx"]}, "Choose from the list."),
        ({"pressure_from": "5", "pressure_to": "1"}, "Choose the lighter end first, then the deeper one."),
    ],
)
def test_what_cannot_be_is_told_at_the_field(client, ana, typed, words):
    let_edit(*ALL)
    html = send(client, 422, **HERS | {"pressure_from": "1", "pressure_to": "5"} | typed)
    assert html.count(words) == 2  # in the summary and at the field
    assert Sheet.objects.count() == 0


def test_she_does_not_save_over_what_the_office_wrote_meanwhile(client, ana):
    seen = re.search(r'name="seen" value="(\w+)"', client.get(PAGE).text)[1]
    Therapist.objects.filter(pk=ana.pk).update(languages=["es"])
    answer = client.post(PAGE, HERS | {"seen": seen})
    assert (answer.status_code, "Somebody else saved this page meanwhile" in answer.text) == (409, True)
    assert (Therapist.objects.get(pk=ana.pk).languages, "Slow and deep." in answer.text) == (["es"], True)


def test_her_photo_when_the_studio_lets_her(client, ana, media):
    let_edit("photo")
    file = SimpleUploadedFile("me.jpg", picture())
    send(client, path=PHOTO, photo_text="Ana on the mat", file=file)
    assert len(kept(media)) == 2
    assert Therapist.objects.get(pk=ana.pk).photo_text == "Ana on the mat"
    let_edit()
    assert (client.get(PHOTO).status_code, client.post(PHOTO, {"do": "remove"}).status_code) == (404, 404)
    assert len(kept(media)) == 2


def test_whoever_is_no_therapist_has_no_such_pages(client, cast):
    let_edit(*ALL)
    client.force_login(make.user(role=roles.THERAPIST))
    assert [client.get(path).status_code for path in (PAGE, PHOTO)] == [404, 404]


def test_the_studio_chooses_the_parts_and_sees_who_did(client, ada, cast):
    send(client, path=SETTING, parts=["photo", "bio"])
    assert OwnParts.objects.get().parts == ["bio", "photo"]
    html = client.get(SETTING).text
    assert (html.count(" checked"), "photo, about her" in html or "about her, photo" in html) == (2, True)
    assert re.search(r"</strong>, Ada<br>", html)


def test_a_choice_that_cannot_be_changes_nothing(client, ada, cast):
    assert send(client, 422, path=SETTING, parts=["slug"]).count("Choose from the list.") == 2
    assert client.post(SETTING, {"seen": "old", "parts": ["bio"]}).status_code == 409
    assert OwnParts.objects.count() == 0


def test_the_tables_know_the_parts():
    with refused("own_parts_is_one_row"):
        OwnParts.objects.create(pk=2)
    with refused("own_parts_known"):
        OwnParts.objects.create(pk=1, parts=["slug"])
    OwnParts.objects.create(pk=1, parts=ALL)


def test_anything_typed_is_answered(client, ana, media):
    let_edit(*ALL)
    names = ("seen", *HERS, "pressure_from", "pressure_to", "photo_text", "do")
    for path in (PAGE, PHOTO):
        for value in NASTY[::3]:
            body = "&".join(f"{name}={value}" for name in names).encode()
            answer = client.generic("POST", path, body, "application/x-www-form-urlencoded")
            assert answer.status_code in (400, 409, 422)
    assert Sheet.objects.count() == 0


def test_the_page_takes_as_many_queries_however_many_therapists_there_are(client, ana, django_assert_num_queries):
    for _number in range(9):
        make.therapist()
    with django_assert_num_queries(2 + 5):  # session and user; her groups, herself, the house, the parts, her styles
        client.get(PAGE)
