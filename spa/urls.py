"""Every address of the site. Public pages come in each language (/es/...), private ones carry no prefix.

An app's urls.py lists private addresses in `urlpatterns` and public pages in `public_urlpatterns`.
"""

from importlib import import_module
from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from spa.health import healthz

admin.site.login = secure_admin_login(admin.site.login)  # one door for everybody

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
]
for app in ("bookings", "pages"):
    if find_spec(f"{app}.urls"):
        module = import_module(f"{app}.urls")
        urlpatterns += getattr(module, "urlpatterns", [])
        urlpatterns += i18n_patterns(*getattr(module, "public_urlpatterns", []), prefix_default_language=False)

handler500 = "spa.health.server_error"
