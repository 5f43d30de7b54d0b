"""Every rule that the database keeps has a name, a sentence for people and a test."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

OURS = ("accounts", "locations", "therapists", "treatments", "clients", "bookings")
RULES = [rule for app in OURS for model in apps.get_app_config(app).get_models() for rule in model._meta.constraints]
TESTS = "".join(file.read_text() for file in sorted((settings.BASE_DIR / "tests").rglob("test_*.py")))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_a_sentence_and_a_test(rule):
    assert str(rule.violation_error_message) != str(rule.default_violation_error_message)
    assert f'"{rule.name}"' in TESTS.replace(Path(__file__).read_text(), "")
