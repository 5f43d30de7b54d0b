"""The private address of a therapist's calendar: random, hashed, shown once, revoked at will."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import factories as make
from tests.factories import NOW
from tests.refused import refused
from therapists import feeds
from therapists.models import CalendarFeed

pytestmark = pytest.mark.django_db


def test_a_token_opens_the_feed_of_its_therapist():
    ana, mei = make.therapist(), make.therapist()
    tokens = [feeds.make_feed(person, NOW) for person in (ana, mei)]
    assert [feeds.feed_of(token).therapist for token in tokens] == [ana, mei]


@pytest.mark.parametrize("token", ["", "nothing", "x" * 5000, "é", "\udcff", "a\x00b"])
def test_other_words_open_nothing(token):
    feeds.make_feed(make.therapist(), NOW)
    assert feeds.feed_of(token) is None


def test_only_the_hash_is_kept():
    token = feeds.make_feed(make.therapist(), NOW)
    assert CalendarFeed.objects.get().token_hash == feeds.hash_of(token)
    assert (len(token), token in str(CalendarFeed.objects.values().get())) == (43, False)


def test_a_new_address_ends_the_earlier_one():
    ana = make.therapist()
    first, second = feeds.make_feed(ana, NOW), feeds.make_feed(ana, NOW)
    assert (feeds.feed_of(first), feeds.feed_of(second).therapist) == (None, ana)


def test_a_revoked_address_opens_nothing():
    ana = make.therapist()
    token = feeds.make_feed(ana, NOW)
    assert [feeds.revoke_feed(ana, NOW), feeds.revoke_feed(ana, NOW)] == [True, False]
    assert feeds.feed_of(token) is None


def test_the_database_keeps_one_address_a_therapist_and_hashes_only():
    ana = make.therapist()
    feeds.make_feed(ana, NOW)
    with refused("feed_one_per_therapist"):
        CalendarFeed.objects.create(therapist=ana, token_hash="0" * 64, made_at=NOW)
    with refused("feed_token_is_hashed"):
        CalendarFeed.objects.create(therapist=make.therapist(), token_hash="plain", made_at=NOW)


def said(*words: str) -> str:
    out = StringIO()
    call_command("calendar_feed", *words, stdout=out)
    return out.getvalue()


def test_the_command_prints_an_address_that_opens():
    ana = make.therapist(slug="ana")
    (token,) = re.findall(r"http://localhost:\d+/calendar/(\S+)\.ics\n", said("ana"))
    assert feeds.feed_of(token).therapist == ana


def test_the_command_ends_an_address():
    make.therapist(slug="ana")
    said("ana")
    assert said("ana", "--revoke") == "Her calendar's address is ended.\n"
    assert said("ana", "--revoke") == "She has no address: nothing to end.\n"


def test_the_command_names_whom_it_knows():
    make.therapist(slug="ana")
    with pytest.raises(CommandError, match="There is no therapist 'anna'. These there are: ana."):
        said("anna")
