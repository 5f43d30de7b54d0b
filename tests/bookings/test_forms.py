"""What the details form takes and refuses: every refusal says what to do, and stands beside a case that passes."""

import pytest

from bookings.forms import DetailsForm

GOOD = {"name": "Robin Hale", "email": "robin@mail.example", "phone": "", "safe": "none"}
NAME_LINK = "Enter your name without a web or e-mail address"
NAME_HIDDEN = "Type this again by hand: it holds signs that cannot be seen."
EMAIL_SHAPE = "Enter an e-mail address, like name@example.com"
EMAIL_LONG = "Shorten the e-mail address to 254 letters or fewer"
ONE_EMAIL = "Enter one e-mail address only"
PHONE_SHAPE = "Enter a phone number, like 07400 123456, or leave this empty"
PHONE_DIGITS = "Check the phone number: a digit is missing or there is one too many"


def form(country="GB", **changes):
    return DetailsForm(GOOD | changes, country=country)


def refusals(**changes):
    return {field: errors[0] for field, errors in form(**changes).errors.items()}


def test_a_plain_client_passes():
    checked = form()
    assert checked.is_valid()
    assert checked.cleaned_data == {"name": "Robin Hale", "email": "robin@mail.example", "phone": "", "safe": "none"}


def test_an_empty_form_says_what_to_type():
    assert refusals(name="", email="", safe="") == {
        "name": "Enter your full name",
        "email": EMAIL_SHAPE,
        "safe": "Choose “None of these” or “One or more”",
    }


@pytest.mark.parametrize(
    "name",
    [
        "Robin Hale",
        "J. R. Hale",
        "Ana-Maria O'Neil",
        "Íñigo Núñez",
        "李小龍",
        "Mr. Com Pany",
        "Dr. Co",
        "x" * 80,
        "X Æ A-12",
    ],
)
def test_names_that_pass(name):
    assert refusals(name=name) == {}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("x" * 81, "Shorten the name to 80 letters or fewer"),
        ("   ", "Enter your full name"),
        ("12345", "Enter your full name"),
        ("Robin\x00Hale", NAME_HIDDEN),
        ("Robin\nHale", NAME_HIDDEN),
        ("Robin\x1b[31m", NAME_HIDDEN),
        ("Robin \u202eelaH", NAME_HIDDEN),
        ("Robin \ud800", NAME_HIDDEN),
        ("Win at http://spam.example", NAME_LINK),
        ("www.spam.example", NAME_LINK),
        ("Robin spam.com", NAME_LINK),
        ("<b>Robin</b>", NAME_LINK),
        ("robin@mail.example", NAME_LINK),
    ],
)
def test_names_that_are_refused(name, says):
    assert refusals(name=name) == {"name": says}


def test_spaces_around_and_doubled_are_dropped():
    checked = form(name="  Robin   Hale ", email=" robin@mail.example ")
    assert checked.is_valid()
    assert checked.cleaned_data["name"] == "Robin Hale"
    assert checked.cleaned_data["email"] == "robin@mail.example"


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("robin", EMAIL_SHAPE),
        ("robin@", EMAIL_SHAPE),
        ("robin@mail", EMAIL_SHAPE),
        ("ro bin@mail.example", EMAIL_SHAPE),
        ("a@mail.example,b@mail.example", ONE_EMAIL),
        ("a@mail.example;b@mail.example", ONE_EMAIL),
        ("a@mail.example b@mail.example", ONE_EMAIL),
        ("robin@mail.example\nBcc: all@mail.example", NAME_HIDDEN),
        ("robin@mail.example\x00", NAME_HIDDEN),
        ("x" * 250 + "@m.ex", EMAIL_LONG),
    ],
)
def test_addresses_that_are_refused(email, says):
    assert refusals(email=email) == {"email": says}


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("07700 900123", "GB", "+447700900123"),
        ("(07700) 900-123", "GB", "+447700900123"),
        ("+34 612 34 56 78", "GB", "+34612345678"),
        ("0034 612 345 678", "GB", "+34612345678"),
        ("612 345 678", "ES", "+34612345678"),
        ("", "GB", ""),
    ],
)
def test_any_way_of_writing_a_phone_will_do(typed, country, stored):
    checked = form(country=country, phone=typed)
    assert checked.is_valid()
    assert checked.cleaned_data["phone"] == stored


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("call me", PHONE_SHAPE),
        ("07700", PHONE_DIGITS),
        ("07700 900123 4567", PHONE_DIGITS),
        ("9" * 41, "Shorten the phone number: it has too many digits"),
        ("9" * 40, PHONE_SHAPE),
        ("07700 900123\x00", NAME_HIDDEN),
    ],
)
def test_phones_that_are_refused(typed, says):
    assert refusals(phone=typed) == {"phone": says}


@pytest.mark.parametrize("answer", ["", "maybe", "none\x00", "9" * 9999])
def test_the_safety_question_needs_one_of_its_two_answers(answer):
    assert refusals(safe=answer) == {"safe": "Choose “None of these” or “One or more”"}


def test_the_summary_points_at_the_fields_in_their_order():
    assert form(name="", safe="").problems() == [
        ("id_name", "Enter your full name"),
        ("id_safe_0", "Choose “None of these” or “One or more”"),
    ]
