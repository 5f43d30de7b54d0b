"""The product's application with the benchmarks' empty view added."""

from django.conf import settings

from spa.wsgi import application

settings.ROOT_URLCONF = "benchmarks.urls"  # read at the first request

__all__ = ["application"]
