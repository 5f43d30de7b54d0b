"""What import_studio refuses: the line, the reason and the way out, and nothing saved."""

import pytest
from django.core.management import CommandError, call_command

from locations.models import Location, Studio
from studio.carry.into import SET_UP, NotEmpty, bring_in
from studio.carry.nodes import BadFile
from tests import factories as make
from tests.factories import NOW
from tests.studio.carried import SMALL

pytestmark = pytest.mark.django_db


def refused(text):
    """The lines of what is said of a file, of which nothing was kept."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(BadFile) as told:
        bring_in(data, NOW)
    assert [model.objects.count() for model in SET_UP] == [0] * len(SET_UP)
    return str(told.value)


def changed(old, new):
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


def test_the_small_studio_is_brought_in():
    assert bring_in(SMALL.encode(), NOW).name == "Stone & Step"
    assert [model.objects.count() for model in SET_UP] == [1, 1, 1, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format: 1", "format: 2", "line 1: format: write 1."),
        ("  name: Stone & Step", "", "line 4: studio: name is missing here: add it."),
        ("  email: hello@stone.example", "  email: hello", "line 5: email: Enter a valid email address."),
        ("  email: hello@stone.example", "  mail: a", "line 5: studio: mail is not known here, did you mean email?"),
        ("[en, es]", "[en, xx]", "line 6: languages: choose one of en, es."),
        ("[en, es]", "en", "line 6: languages: a list belongs here, each line of it begins with a hyphen."),
        ("{en: Japanese}", "Japanese", "write it once per language, each on a line of its own like en: Back."),
        ("  address: 3 Weir Lane, Millford", "  address:", "line 13: address: write something here, or leave the key"),
        ("Europe/London", "Mars/Base", "line 16: zone_name: write a time zone by its name, like Europe/London."),
        ("start_step_minutes: 10", "start_step_minutes: 7", "line 18: start_step_minutes: write 5 or 10 or 15 or"),
        ("hold_minutes: 10", "hold_minutes: 31", "line 21: hold_minutes: write a whole number from 5 to 30."),
        ("21:00", "21:03", "line 24: quiet_from: write a time on full five minutes, like 09:05."),
        ("tuesday: 09:00-18:00\n  closures", "tuesday: 18:00-09:00\n  closures", "line 28: tuesday: 18:00-09:00 ends"),
        ("13:00, 14:00-18:00", "15:00, 14:00-18:00", "line 27: opening_hours: Monday 9:00 to 15:00 and Monday 14:00"),
        ("monday: 09:00-13:00,", "monday: nine,", "line 27: monday: write hours like 09:00-13:00, 14:00-18:00"),
        ("room: Mat room", "room: Attic", "line 30: room: nothing here is called Attic, known are Mat room."),
        ("12-24T12:00Z", "12-23T12:00Z", "line 30: end: this is not after the start: turn the two round."),
        ("2026-12-24T12:00Z", "2026-12-24T12:00", "line 30: end: write a moment with its distance from UTC, like"),
        ("kind: mat,", "kind: trampoline,", "line 34: kind: choose one of bars, mat, table, rope, bamboo, chair."),
        ("style: japanese", "style: thai", "line 37: style: nothing here is called thai, known are japanese."),
        ("minutes: 30,", "minutes: 35,", "line 41: minutes: write 20 or 25 or 30."),
        ("price: 45", "price: -1", "line 41: price: write a price like 45 or 45.50."),
        ("  name: Ana", f"  name: {'x' * 81}", "line 44: name: shorten this to 80 letters or fewer, it has 81."),
        ("  name: Ana", '  name: "A\\u202Ena"', "line 44: name: it holds signs that cannot be seen: type it again"),
        ("  name: Ana", "  name: Ana\n  name: Mei", "line 45: therapists: name stands in line 44 already: leave one."),
        ("  name: Ana", "  name: Ana\n  pressure_from: 5\n  pressure_to: 2", "line 43: Pressure runs from 1 to 5"),
        ("2026-01-05", "5 January", "line 48: since: write a day like 2026-12-01."),
        ("    since: 2026-01-05", "    since: 2026-01-05\n    until: 2025-01-05", "Hours end after they begin."),
    ],
)
def test_a_line_that_cannot_be_is_told(old, new, said):
    assert said in refused(changed(old, new))


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (
            "- slug: ana\n  name: Other\n",
            "line 52: therapists: slug ana stands in line 43 already: change one of them.",
        ),
        ("therapists: []\n", "line 52: the file: therapists stands in line 42 already: leave one."),
        ("- &a\n  slug: *a\n", "line 52: & and * (the same thing twice) are not read: write it out where it belongs."),
        ("- !!python/object:os.system x\n", "line 52: the tag tag:yaml.org,2002:python/object:os.system is not read"),
        ("- ! x\n", "line 52: the tag ! is not read: write the value without it."),
        ("- " + "[" * 5000 + "\n", "line 52: this is nested too deeply: nothing of a studio is."),
        ("- <<: {slug: mei}\n", "line 52: therapists: << is not known here, known are slug, name,"),
        ("- [slug]: mei\n", "line 52: therapists: a list or keys as a name is not known here"),
        ("- {slug: mei\n", "line 53: this cannot be read as YAML"),
        ("---\nformat: 1\n", "line 52: this cannot be read as YAML"),
        (
            "- {slug: mei, name: Mei, hours: [{place: weir, since: 2026-01-05, days: {}}]}\n",
            "nothing here is called weir",
        ),
    ],
)
def test_more_of_yaml_than_a_studio_needs_is_told(added, said):
    assert said in refused(SMALL + added)


def test_two_plans_that_overlap_are_told_at_the_later_day():
    plan = "  - {place: weir-lane, since: 2026-03-02, every_weeks: 2, days: {monday: 17:00-19:00}}\n"
    assert refused(SMALL + plan).startswith("line 52: hours: Monday 9:00 to 18:00 and Monday 17:00 to 19:00 overlap")


def test_hours_past_midnight_say_so():
    text = changed("tuesday: 09:00-18:00\n  closures", "tuesday: 18:00-02:00 next day\n  closures")
    bring_in(text.encode(), NOW)
    block = Location.objects.get().opening_hours.get(weekday=1)
    assert (f"{block.opens:%H:%M}", f"{block.closes:%H:%M}") == ("18:00", "02:00")
    assert "ends on the same day" in refused_twin("tuesday: 09:00-18:00 next day")


def refused_twin(hours):
    with pytest.raises(BadFile) as told:
        bring_in(changed("tuesday: 09:00-18:00\n  closures", f"{hours}\n  closures").encode(), NOW)
    return str(told.value)


def test_what_is_no_file_of_ours_is_told():
    assert refused("").startswith("line 1: the file is empty")
    assert refused(b"format: 1\nname: \xff\n").startswith("line 2: this is not UTF-8")
    assert refused("format: 1\nname: \x07\n").startswith("line 2: a sign that cannot be seen")
    assert refused("x" * 1_000_001).startswith("line 1: the file is larger than 1 MB")
    assert refused("just words").startswith("line 1: the file: keys belong here, like format: …")


def test_all_that_is_wrong_is_told_at_once():
    told = refused(SMALL.replace("reference_prefix: SS", "reference_prefix: s").replace("price: 45", "price: free"))
    assert [line.split(":")[0] for line in told.splitlines()] == ["line 4", "line 41"]


def test_an_import_never_mixes_with_what_stands():
    make.style(slug="thai")
    with pytest.raises(NotEmpty):
        bring_in(SMALL.encode(), NOW)
    assert not Studio.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_commands_say_what_they_did(tmp_path, capsys):
    file = tmp_path / "studio.yaml"
    file.write_text(SMALL)
    call_command("import_studio", file)
    call_command("export_studio")
    said = capsys.readouterr().out
    assert said.startswith("Stone & Step is set up.\nformat: 1\nstudio:\n  name: Stone & Step\n")
    with pytest.raises(CommandError, match="Something of a studio stands here already"):
        call_command("import_studio", file)


@pytest.mark.django_db(transaction=True)
def test_the_commands_refuse_in_sentences(tmp_path):
    file = tmp_path / "studio.yaml"
    file.write_text("format: 3\n")
    with pytest.raises(CommandError, match=r"nothing was saved:\n  line 1: format: write 1"):
        call_command("import_studio", file)
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_studio", tmp_path / "none.yaml")
    with pytest.raises(CommandError, match="There is no studio yet"):
        call_command("export_studio")
