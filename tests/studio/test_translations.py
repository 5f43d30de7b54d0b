"""/studio/translations/: what is written in one language of the studio and not in another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studio.menu.translations import gaps
from tests import factories as make
from tests.factories import NOW, at, span

pytestmark = pytest.mark.django_db
BOTH = {"en": "Back", "es": "Espalda"}


def found(*languages):
    return [(gap.what, gap.part, gap.missing) for gap in gaps(languages or ("en", "es"), NOW)]


def test_what_stands_in_every_language_is_not_listed():
    make.treatment(name=BOTH, style=make.style(name=BOTH))
    assert found() == []


def test_what_stands_in_one_language_is_listed_with_the_others():
    style = make.style(name={"en": "Thai", "es": "Tailandés"}, origin={"es": "Tailandia"})
    make.treatment(name={"en": "Floor"}, style=style)
    assert found() == [("Thai", "Origin", "English"), ("Floor", "Name", "Spanish")]


def test_words_without_a_language_are_in_the_first_one():
    make.location(name="Weir Lane", access="Ring twice.")
    assert found() == [("Weir Lane", "How to find the door", "Spanish")]
    assert found("en") == []


def test_every_kind_of_words_is_looked_at():
    place = make.location(name="Weir Lane")
    make.therapist(name="Ana", headline={"en": "Slow"}, bio={"en": "Eleven years."})
    make.closure(location=place, during=span(at(9, days=2), 60), reason={"en": "Paint"})
    make.closure(location=place, during=span(at(9, days=-2), 60), reason={"en": "Over"})
    make.guidance(title={"en": "Eat"})
    make.reminder_step(subject=BOTH, text={"es": "Come."})
    make.reminder_step(kind="day_before", is_on=False, text={"es": "Bebe."})
    assert found() == [
        ("Ana", "Short line", "Spanish"),
        ("Ana", "About her", "Spanish"),
        ("Weir Lane", "Reason", "Spanish"),
        ("every treatment: finish eating", "Heading", "Spanish"),
        ("every treatment: before the meal", "Text", "English"),
    ]


def test_the_page_leads_to_where_they_are_written(client, ada):
    style = make.style(name={"en": "Thai"})
    make.studio()
    html = client.get("/studio/translations/").text
    assert f'<a href="/studio/styles/{style.pk}/">Thai</a></td><td>Name</td><td>Spanish</td>' in html
    style.name = {"en": "Thai", "es": "Tailandés"}
    style.save()
    assert "Nothing is missing" in client.get("/studio/translations/").text


def test_it_takes_as_many_statements_at_any_size():
    counts = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as queries:
            found()
        counts.append(len(queries))
        for words in ({"en": "One"}, {"en": "Two"}):
            make.guidance(treatment=make.treatment(name=words), title=words)
            make.reminder_step(style=make.style(name=words), subject=words)
    assert counts == [7, 7]
