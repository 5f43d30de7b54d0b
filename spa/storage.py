"""How static files are named when the site is installed: by their content, so that a browser may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Also renames what a script imports: no browser ever mixes a new module with an old one."""

    support_js_module_import_aggregation = True
