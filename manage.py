#!/usr/bin/env python3
"""Django's command line. Without DATABASE_URL the embedded PostgreSQL runs for as long as the command does."""

import os
import sys

from django.core.management import execute_from_command_line

from spa import embedded, local


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spa.settings")
    local.read_env_files()
    if os.environ.get("DATABASE_URL"):
        execute_from_command_line(sys.argv)
        return
    with embedded.postgres():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
