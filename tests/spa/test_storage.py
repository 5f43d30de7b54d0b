"""Static files as an installed site serves them."""

import json
import re

from django.core.management import call_command

MODULE = re.compile(r'from "\./([^"]+)";')


def test_every_module_that_a_script_imports_carries_the_name_of_its_content(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "spa.storage.ModuleStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    script = (tmp_path / names["js/board.js"]).read_text()
    imported = MODULE.findall(script)
    assert [name for name in imported if f"js/{name}" not in names.values()] == []
    assert len(imported) == 5
