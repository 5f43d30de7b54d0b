"""/studio/words/: admins write the words of the public pages; every version is kept."""

import pytest

from accounts import roles
from pages.models import PageText
from tests import factories as make

pytestmark = pytest.mark.django_db
ADDRESS = "/studio/words/reports/"
TYPED = {"title_en": "Said of us", "text_en": "Calm, **mostly**.", "title_es": "Dicen", "text_es": "Calma."}


@pytest.fixture
def ada(client):
    make.studio()
    person = make.user(role=roles.STUDIO_ADMIN, name="Ada")
    client.force_login(person)
    return person


def send(client, status, **changes):
    answer = client.post(ADDRESS, {"do": "save", "version": "0"} | TYPED | changes)
    assert answer.status_code == status
    return answer.content.decode()


def newest():
    return str(PageText.history.latest("history_id").history_id)


def public(client):
    return client.get("/reports/").content.decode()


def test_the_list_names_every_text_and_who_changed_it(client, ada):
    send(client, 303, title_es="", text_es="")
    html = client.get("/studio/words/").content.decode()
    assert html.count('<a href="/studio/words/') == len(PageText.Key) + 1  # and the one in the menu
    assert html.count("the words that came with the product") == len(PageText.Key) - 1
    assert "Words are missing in Spanish: readers get another language there." in html
    assert "Ada, " in html


def test_the_form_begins_with_the_products_words(client, ada):
    html = client.get(ADDRESS).content.decode()
    assert 'value="What people report"' in html
    assert "Lo que cuenta la gente" in html
    assert PageText.objects.count() == 0


def test_what_is_saved_stands_on_the_site(client, ada):
    send(client, 303)
    assert "<p>Calm, <strong>mostly</strong>.</p>" in public(client)
    assert "<h1>Dicen</h1>" in client.get("/es/reports/").content.decode()


def test_a_preview_saves_nothing(client, ada):
    html = send(client, 200, do="preview")
    assert "<p>Calm, <strong>mostly</strong>.</p>" in html
    assert PageText.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title_en": "", "title_es": " "}, "Write a heading in one language at least."),
        ({"title_en": "x" * 81}, "Shorten the heading to 80 letters or fewer."),
        ({"text_es": "x" * 20_001}, "Shorten the text to 20,000 letters or fewer."),
        ({"text_en": "a\u202eb"}, "it holds signs that cannot be seen."),
    ],
)
def test_what_cannot_stand_is_told_beside_it_and_kept(client, ada, changes, words):
    html = send(client, 422, **changes)
    assert html.count(words) == 2  # in the summary and at the field
    assert "Dicen" in html or "title_es" in changes
    assert PageText.objects.count() == 0


def test_who_was_slower_is_asked_first(client, ada):
    send(client, 303)
    html = send(client, 409, title_en="Mine")
    assert "Somebody else saved this text meanwhile" in html
    assert 'value="Mine"' in html
    send(client, 303, title_en="Mine", version=newest())
    assert "<h1>Mine</h1>" in public(client)


def test_two_first_versions_do_not_collide(client, ada):
    send(client, 303)
    assert PageText.objects.filter(key="reports").count() == 1
    send(client, 409)
    assert PageText.objects.filter(key="reports").count() == 1


def test_an_older_version_comes_back_and_so_do_the_products_words(client, ada):
    send(client, 303)
    first = newest()
    send(client, 303, title_en="Second", version=first)
    assert client.post(f"{ADDRESS}restore/", {"version": first}).status_code == 303
    assert "<h1>Said of us</h1>" in public(client)
    assert client.post(f"{ADDRESS}restore/", {"version": "0"}).status_code == 303
    assert "<h1>What people report</h1>" in public(client)
    assert PageText.history.count() == 4


@pytest.mark.parametrize("version", ["", "x", "999999999", "9" * 40, "-1"])
def test_a_version_that_is_none_is_not_found(client, ada, version):
    send(client, 303)
    assert client.post(f"{ADDRESS}restore/", {"version": version}).status_code == 404


@pytest.mark.parametrize("path", ["/studio/words/nothing/", "/studio/words/nothing/restore/"])
def test_a_text_that_is_none_is_not_found(client, ada, path):
    assert client.post(path).status_code == 404


def test_words_in_a_language_that_is_not_offered_now_are_kept(client, ada):
    send(client, 303)
    make.studio().__class__.objects.update(languages=["en"])
    send(client, 303, title_en="New", version=newest())
    assert PageText.objects.get().title.data == {"en": "New", "es": "Dicen"}


def test_html_is_previewed_as_text(client, ada):
    send(client, 303, text_en="<script>x()</script>")
    assert "<p>&lt;script&gt;x()&lt;/script&gt;</p>" in client.get(ADDRESS).content.decode()
