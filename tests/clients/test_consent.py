"""Who may be written to: per number, per address, whatever record they stand in."""

from datetime import timedelta

import pytest

from clients.consent import (
    MailOptOut,
    SmsConsent,
    agree_to_texts,
    mark,
    may_text,
    opt_in,
    opt_out,
    start_texts,
    stop_texts,
    wants_fewer_mails,
)
from tests.factories import NOW, client
from tests.refused import refused

pytestmark = pytest.mark.django_db
NUMBER = "+447700900123"
LATER = NOW + timedelta(hours=1)


def test_without_consent_nobody_is_texted():
    assert [may_text(NUMBER), may_text("")] == [False, False]


def test_a_consent_holds_for_that_number_only():
    assert agree_to_texts(NUMBER, NOW)
    assert [may_text(NUMBER), may_text("+447700900124")] == [True, False]


def test_a_consent_given_twice_keeps_its_first_instant():
    assert [agree_to_texts(NUMBER, NOW), agree_to_texts(NUMBER, LATER)] == [True, True]
    assert SmsConsent.objects.get().given_at == NOW


def test_a_stop_word_ends_it_and_a_page_cannot_undo_that():
    agree_to_texts(NUMBER, NOW)
    stop_texts(NUMBER, LATER)
    assert [may_text(NUMBER), agree_to_texts(NUMBER, LATER), may_text(NUMBER)] == [False, False, False]


def test_a_stop_word_of_a_number_that_never_agreed_counts_too():
    stop_texts(NUMBER, NOW)
    assert [agree_to_texts(NUMBER, LATER), may_text(NUMBER)] == [False, False]


def test_the_phone_itself_can_start_again():
    agree_to_texts(NUMBER, NOW)
    stop_texts(NUMBER, NOW)
    start_texts(NUMBER, LATER)
    consent = SmsConsent.objects.get()
    assert (may_text(NUMBER), consent.given_at, consent.stopped_at) == (True, LATER, None)


def test_an_address_that_wants_fewer_mails_is_known_whatever_its_capitals():
    opt_out("Robin@mail.example", NOW)
    opt_out("robin@mail.example", LATER)
    assert [wants_fewer_mails(address) for address in ("robin@MAIL.example", "ana@mail.example", "")] == [
        True,
        False,
        False,
    ]
    assert MailOptOut.objects.get().made_at == NOW


def test_an_address_can_change_its_mind():
    opt_out("robin@mail.example", NOW)
    opt_in("Robin@mail.example")
    assert not wants_fewer_mails("robin@mail.example")


def test_the_address_itself_is_not_kept():
    opt_out("robin@mail.example", NOW)
    assert MailOptOut.objects.get().address_mark == mark("robin@mail.example")
    assert "robin" not in mark("robin@mail.example")


@pytest.mark.parametrize("wrong", ["07700900123", "+44 7700 900123", ""])
def test_a_consent_is_for_a_number_with_its_country_code(wrong):
    with refused("sms_consent_number_e164"):
        SmsConsent.objects.create(number=wrong, given_at=NOW)


def test_a_consent_says_something():
    with refused("sms_consent_says_something"):
        SmsConsent.objects.create(number=NUMBER)


def test_an_opt_out_is_a_mark():
    with refused("mail_opt_out_is_a_mark"):
        MailOptOut.objects.create(address_mark="robin@mail.example", made_at=NOW)


def test_reminders_reach_a_client_by_mail_by_text_or_by_both():
    assert [client(reach=reach).reach for reach in ("", "mail", "sms", "both")] == ["", "mail", "sms", "both"]
    with refused("client_reach_known"):
        client(reach="fax")
