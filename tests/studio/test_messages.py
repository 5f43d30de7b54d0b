"""A studio admin edits the steps of the timeline; what cannot be sent is said and nothing typed is lost."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

import studio.urls
from accounts import roles
from locations.models import Studio
from tests import factories as make
from treatments.models import ReminderStep

pytestmark = pytest.mark.django_db
LIST = "/studio/messages/"
TYPED = {
    "is_on": "on",
    "days": "0",
    "hours": "3",
    "minutes": "0",
    "channels": ["mail"],
    "subject_en": "Eat by {eat_by}",
    "subject_es": "Come antes de las {eat_by}",
    "text_en": "Finish eating by {eat_by}.",
    "text_es": "Termina de comer antes de las {eat_by}.",
    "do": "save",
}


def address(step) -> str:
    return reverse("studio_message", args=[step.pk])


def post(client, step, **typed):
    return client.post(address(step), TYPED | {"version": step.history.first().history_id} | typed)


def plain(answer) -> str:
    return " ".join(answer.text.split())


def test_every_view_under_studio_is_for_admins_only_but_the_style_guide():
    routes = [pattern for pattern in studio.urls.urlpatterns if isinstance(pattern, URLPattern)]
    assert len(routes) == len(studio.urls.urlpatterns)
    found = {route.name: getattr(route.callback, "for_roles", None) for route in routes}
    assert found == dict.fromkeys(found, (roles.STUDIO_ADMIN,)) | {"studio_style_guide": roles.ALL}


def test_every_other_address_under_studio_is_for_admins_too():
    under = [one for one in get_resolver().url_patterns if str(one.pattern).startswith("studio")]
    others = [one for one in under if str(one.pattern) != "studio/"]
    assert len(under) == len(others) + 1
    assert {one.callback.for_roles for one in others} == {(roles.STUDIO_ADMIN,)}


def test_a_studio_without_rows_reads_the_four_usual_messages(client, ada, cast):
    lines = client.get(LIST).context["lines"]
    assert [(line.name, line.when) for line in lines] == [
        ("The day before", "1 day before the start"),
        ("Before the meal", "3 hours before the start"),
        ("Aftercare", "1 hour after the end"),
        ("The next day", "1 day after the end"),
    ]


def test_a_particular_message_stands_below_the_default(client, ada, cast):
    make.reminder_step(style=cast.mat, is_on=False, channels=["mail"])
    make.reminder_step(treatment=cast.oil, offset_minutes=-90, channels=["mail", "sms"])
    lines = [line for line in client.get(LIST).context["lines"] if line.name == "Before the meal"]
    assert [(line.scope, line.is_on, line.when, line.ways) for line in lines] == [
        ("every treatment", True, "3 hours before the start", "e-mail and text message"),
        ("every treatment of the style Mat walking", False, "3 hours before the start", "e-mail"),
        ("Bars and oil", True, "1 hour 30 minutes before the start", "e-mail and text message"),
    ]


def test_the_list_says_who_changed_a_message_last(client, ada, cast):
    post(client, make.reminder_step())
    edited = {line.name: line.edited for line in client.get(LIST).context["lines"]}
    assert edited["Before the meal"].startswith("Ada, ")
    assert edited["Aftercare"] == "the usual words, nobody changed them"


def test_what_is_typed_is_saved(client, ada, cast):
    step = make.reminder_step()
    answer = post(client, step, hours="2", minutes="30", channels=["mail", "sms"])
    step.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, f"{address(step)}?done=saved")
    assert (step.offset_minutes, step.channels, step.is_on) == (-150, ["mail", "sms"], True)
    assert (step.text.localize("en"), step.text.localize("es")) == (TYPED["text_en"], TYPED["text_es"])


def test_a_message_can_be_switched_off_without_words(client, ada, cast):
    step = make.reminder_step()
    off = {"is_on": "", "channels": [], "text_en": "", "text_es": "", "subject_en": "", "subject_es": ""}
    assert post(client, step, **off).status_code == 303
    step.refresh_from_db()
    assert (step.is_on, str(step.text)) == (False, "")


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"text_es": "Hasta {eat_bye}"}, "text_es", "{eat_bye} is not known. Use one of these: {aftercare}, {arri"),
        ({"subject_en": "Eat by {"}, "subject_en", "A brace stands alone."),
        ({"hours": "0"}, "days", "This message leaves before the start: type how long before, from 1 minute"),
        ({"hours": "-3"}, "days", "This message leaves before the start"),
        ({"days": "14", "hours": "0", "minutes": "1"}, "days", "This message leaves before the start"),
        ({"minutes": "soon"}, "minutes", "Type a whole number, like 3."),
        ({"minutes": "9" * 5000}, "minutes", "Type a whole number, like 3."),
        ({"text_en": "", "text_es": " "}, "text_en", "Write a text in one language at least, or switch"),
        ({"subject_en": "", "subject_es": ""}, "subject_en", "Write a subject in one language at least, or switch"),
        ({"channels": []}, "channels_0", "Choose e-mail, text message or both, or switch this message off."),
        ({"channels": ["fax"]}, "channels_0", "Choose e-mail, text message or both."),
        ({"subject_es": "ñ" * 201}, "subject_es", "Shorten this to 200 letters or fewer."),
        ({"text_es": "ñ" * 4001}, "text_es", "Shorten this to 4000 letters or fewer."),
        ({"text_en": "a\0b"}, "text_en", "Type this again by hand: it holds signs that cannot be seen."),
    ],
)
def test_what_cannot_be_sent_is_said_and_not_saved(client, ada, cast, wrong, field, sentence):
    step = make.reminder_step()
    answer = post(client, step, **wrong)
    problems = dict(answer.context["form"].problems)
    assert answer.status_code == 422 and problems[f"id_{field}"].startswith(sentence)
    assert f'href="#id_{field}"' in answer.text and f'id="id_{field}"' in answer.text
    assert (step.history.count(), str(ReminderStep.objects.get().text)) == (1, "By {eat_by}.")


@pytest.mark.parametrize(("kind", "typed", "minutes"), [("aftercare", {"hours": "0"}, 0), ("next_day", {}, 180)])
def test_after_the_session_nought_is_allowed_too(client, ada, cast, kind, typed, minutes):
    step = make.reminder_step(kind=kind, anchor="end", offset_minutes=60)
    assert post(client, step, **typed).status_code == 303
    assert ReminderStep.objects.get().offset_minutes == minutes


@pytest.mark.parametrize("days", ["14", "-0"])
def test_two_weeks_before_is_the_longest(client, ada, cast, days):
    step = make.reminder_step()
    assert post(client, step, days=days, hours="0" if days == "14" else "3").status_code == 303


def test_nothing_typed_is_lost_when_something_is_wrong(client, ada, cast):
    page = post(client, make.reminder_step(), hours="7", text_en="Mine {nobody}").text
    assert 'value="7"' in page and "Mine {nobody}" in page and "Termina de comer" in page


def test_a_language_without_words_falls_back_and_the_page_says_so(client, ada, cast):
    step = make.reminder_step()
    post(client, step, text_es="")
    sentence = "Words are missing in Spanish: whoever reads it gets those in English."
    assert sentence in client.get(address(step)).text
    assert ReminderStep.objects.get().text.localize("es") == TYPED["text_en"]


def test_with_words_in_every_language_it_says_nothing(client, ada, cast):
    step = make.reminder_step()
    post(client, step)
    assert "Words are missing" not in client.get(address(step)).text


def test_words_in_a_language_that_is_not_offered_now_are_kept(client, ada, cast):
    step = make.reminder_step(text={"en": "By {eat_by}.", "de": "Bis {eat_by}."})
    post(client, step)
    assert ReminderStep.objects.get().text.localize("de") == "Bis {eat_by}."


def test_the_page_says_what_an_edit_changes(client, ada, cast):
    page = plain(client.get(address(make.reminder_step())))
    assert "Sessions booked or moved from now on follow what you save." in page
    assert "their words are read when they leave" in page


def test_every_placeholder_is_listed_with_its_meaning(client, ada, cast):
    page = plain(client.get(address(make.reminder_step())))
    assert "<code>{eat_by}</code></dt><dd>when to have finished eating</dd>" in page


def test_whoever_saves_over_somebody_else_is_told_and_can_save_again(client, ada, cast):
    step = make.reminder_step()
    seen = step.history.first().history_id
    post(client, step)
    second = post(client, step, version=seen, text_en="Mine.")
    assert (second.status_code, "Mine." in second.text) == (409, True)
    assert ReminderStep.objects.get().text.localize("en") == TYPED["text_en"]
    assert post(client, step, version=second.context["version"], text_en="Mine.").status_code == 303


def test_a_page_that_does_not_say_what_it_read_cannot_save_over_anything(client, ada, cast):
    step = make.reminder_step()
    assert [post(client, step, version=version).status_code for version in ("", "x", "9" * 5000)] == [409, 422, 422]
    assert step.history.count() == 1


def test_enter_in_a_field_tries_and_does_not_save(client, ada, cast):
    page = client.get(address(make.reminder_step())).text
    assert 0 < page.index('value="preview"') < page.index('value="save"')


def test_a_language_that_nobody_here_knows_breaks_nothing(client, ada, cast):
    Studio.objects.update(languages=["en", "tlh"])
    assert "Subject in tlh" in client.get(address(make.reminder_step())).text


def test_a_step_that_is_gone_is_not_found(client, ada, cast):
    for pk in (99, 9**30):
        assert client.get(f"{LIST}{pk}/").status_code == 404


def test_admins_find_the_studio_in_the_foot(client, ada, cast):
    assert 'href="/studio/">Studio</a>' in client.get("/accounts/2fa/").text


def test_nobody_else_finds_it(client, cast):
    client.force_login(make.user(role=roles.FRONT_DESK))
    assert "Studio</a>" not in client.get("/accounts/2fa/").text
    client.logout()
    assert "Studio</a>" not in client.get("/").text


@pytest.mark.parametrize(("word", "is_on"), [("off", False), ("on", True)])
def test_the_mail_about_failures_is_switched_off_and_on(client, ada, cast, word, is_on):
    Studio.objects.update(failure_digest=not is_on)
    assert client.post(f"{LIST}digest/", {"do": word}).headers["Location"] == f"{LIST}?done={word}#digest"
    assert Studio.objects.get().failure_digest == is_on
    assert ("Do not send this mail" in client.get(LIST).text) == is_on
