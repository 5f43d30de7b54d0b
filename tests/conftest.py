"""The basics of every test: the database server, plain static files, quick passwords."""

import os

import pytest
from django.conf import settings

from spa import embedded

_servers = pytest.StashKey[object]()


def pytest_configure(config: pytest.Config) -> None:
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if not os.environ.get("DATABASE_URL"):
        config.stash[_servers] = embedded.postgres()
        config.stash[_servers].__enter__()


def pytest_unconfigure(config: pytest.Config) -> None:
    if server := config.stash.get(_servers, None):
        server.__exit__(None, None, None)
