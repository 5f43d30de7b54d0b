"""Every address of the site. Public pages come in each language (/es/...), private ones carry no prefix.

An app's urls.py lists private addresses in `urlpatterns` and public pages in `public_urlpatterns`.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import accounts.urls
import bookings.urls
import desk.urls
import pages.urls
import studio.own.urls
import studio.urls
from accounts.views import admin_sign_in
from locations.speaking import choose_language
from spa.health import healthz

admin.site.login = admin_sign_in  # one door for everybody

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("language/", choose_language, name="set_language"),
    path("accounts/", include(accounts.urls)),
    *bookings.urls.urlpatterns,
    path("desk/", include(desk.urls)),
    path("desk/mine/", include(studio.own.urls)),
    path("studio/", include(studio.urls)),
    *pages.urls.urlpatterns,
    *i18n_patterns(
        *bookings.urls.public_urlpatterns,
        *pages.urls.public_urlpatterns,
        prefix_default_language=False,
    ),
]

handler500 = "spa.health.server_error"
handler404 = "bookings.views.lost.missing"
handler400 = "spa.health.bad_request"
