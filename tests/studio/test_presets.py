"""A style to begin with, what still lacks until clients can book, and the first time they can."""

import pytest

from locations.models import Prop
from studio.menu.presets import PRESETS
from tests import factories as make
from therapists.models import Style
from treatments.models import AREAS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["chinese", "japanese", "indian", "thai", "filipino", "bar-therapy"])
def test_each_style_leads_to_its_first_treatment(client, ada, key):
    make.studio(languages=["en"])
    answer = client.post("/studio/styles/presets/", {"preset": key})
    assert (answer.status_code, answer["Location"]) == (303, f"/studio/treatments/new/?preset={key}")
    preset = PRESETS[key]
    html = client.get(answer["Location"]).text
    assert f'value="{preset.treatment}"' in html
    assert html.count(" checked") == 1 + len(preset.areas) + sum(map(len, preset.needs))
    assert str(Style.objects.get().name) == str(preset.name)


@pytest.mark.parametrize("preset", PRESETS.values())
def test_each_style_is_made_of_what_the_studio_knows(preset):
    assert set(preset.areas) <= set(AREAS)
    assert {kind for group in preset.needs for kind in group} <= set(Prop.Kind.values)
    assert preset.is_certified == (not preset.is_dressed)


def test_a_style_that_stands_is_not_made_again(client, ada):
    make.style(slug="thai", name="Ours")
    client.post("/studio/styles/presets/", {"preset": "thai"})
    assert [str(style.name) for style in Style.objects.all()] == ["Ours"]
    assert client.get("/studio/styles/presets/").text.count("This style stands already") == 1


def test_a_style_that_is_none_is_refused(client, ada):
    assert client.post("/studio/styles/presets/", {"preset": "trampoline"}).status_code == 404
    assert 'value=""' in client.get("/studio/treatments/new/?preset=trampoline").text


def test_her_certificate_is_asked_for_where_the_style_needs_one(client, ada, cast):
    Style.objects.update(needs_certificate=True)
    assert "Enter the certificate that her style needs" not in client.get("/studio/").text
    cast.ana.certificates.all().delete()
    assert "Enter the certificate that her style needs</a>" in client.get("/studio/").text


def test_the_first_time_is_told_until_somebody_has_booked(client, ada, cast):
    assert "Clients can book. The first time is " in client.get("/studio/").text
    make.booking(length=cast.back30, therapist=cast.ana, room=cast.mat_room)
    assert "The first time" not in client.get("/studio/").text


def test_a_studio_without_a_time_says_so(client, ada, cast):
    Prop.objects.all().delete()
    assert "but nothing can be booked in the next two weeks" in client.get("/studio/").text
