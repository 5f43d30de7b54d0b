"""The admin pages: who sees which, and that nothing in them breaks the strict content policy."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts import roles
from bookings.models.event import CLIENT, record
from tests.factories import NOW, booking, closure, guidance, message, owner, small_studio, span, user

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<script(?![^>]*(?: src=|application/json))|<style|\sstyle=\"|\son(?:click|load)=", re.IGNORECASE)
SET_UP = {"studio", "location", "room", "closure", "style", "therapist", "treatment", "guidance", "reminderstep"}
LOOKED_AT = {"client", "booking", "message"}


def pages_of(model) -> list[str]:
    """The list, one row and the page that adds one."""
    place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = model.objects.first()
    return [reverse(f"{place}_changelist"), reverse(f"{place}_add")] + (
        [reverse(f"{place}_change", args=[row.pk])] if row else []
    )


def seen_by(somebody, client) -> set[str]:
    """The names of the models whose list this person may see."""
    client.force_login(somebody)
    lists = {model._meta.model_name: pages_of(model)[0] for model in admin.site._registry}
    return {name for name, page in lists.items() if client.get(page).status_code == 200}


@pytest.fixture
def studio():
    cast = small_studio()
    made = booking(therapist=cast.ana, room=cast.mat_room, length=cast.back30)
    record(booking=made, verb="booked", by=CLIENT, now=NOW)
    message(booking=made), guidance(), closure(location=cast.place, during=span(NOW, 60))
    return cast


def test_every_page_opens_for_the_owner_without_inline_script_or_style(client, studio):
    client.force_login(owner())
    for model in admin.site._registry:
        for page in pages_of(model):
            answer = client.get(page)
            assert (page, answer.status_code) in {(page, 200), (page, 403)}
            assert (page, INLINE.findall(answer.text)) == (page, [])


def test_the_front_desk_looks_at_bookings_and_changes_none(client, studio):
    assert seen_by(user(role=roles.FRONT_DESK), client) == LOOKED_AT
    for model in (booking().__class__, message().__class__):
        assert "_save" not in client.get(pages_of(model)[2]).text


def test_a_studio_admin_sets_up_places_people_and_menu(client, studio):
    assert seen_by(user(role=roles.STUDIO_ADMIN), client) == SET_UP | LOOKED_AT


def test_a_therapist_finds_nothing_to_do_here(client, studio):
    assert seen_by(user(role=roles.THERAPIST), client) == set()


def test_only_the_owner_invites_people(client):
    assert "user" in seen_by(owner(), client)


@pytest.mark.parametrize("name", sorted(LOOKED_AT))
def test_nobody_adds_or_deletes_a_booking_here(client, studio, name):
    app = "clients" if name == "client" else "bookings"
    client.force_login(owner())
    assert client.get(reverse(f"admin:{app}_{name}_add")).status_code == 403
    assert client.post(reverse(f"admin:{app}_{name}_changelist"), {"action": "delete_selected"}).status_code != 500
    assert not admin.site._registry[booking().__class__].has_delete_permission(None)


def test_the_words_of_a_sign_in_mail_are_not_shown(client):
    client.force_login(owner())
    secret = message(is_secret=True, text="the link")
    assert "the link" not in client.get(reverse("admin:bookings_message_change", args=[secret.pk])).text


def test_the_owner_invites_somebody_who_then_sets_her_password(client):
    client.force_login(owner())
    words = {"email": "new@mail.example", "name": "New", "usable_password": "false"}
    assert client.post(reverse("admin:accounts_user_add"), words).status_code == 302
    client.logout()
    client.post(reverse("account_reset_password"), {"email": "new@mail.example"})
    assert message().__class__.objects.filter(recipient="new@mail.example").count() == 1
