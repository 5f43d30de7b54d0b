"""The public site. `/demo/mail/` exists only for the demo studio on its own machine."""

from django.urls import path

from pages.demo import demo_mail
from pages.photos import photo
from pages.views.editor import restore, text, texts
from pages.views.found import manifest, robots, sitemap
from pages.views.places import place
from pages.views.prepare import prepare
from pages.views.start import start
from pages.views.therapists import therapist, therapists
from pages.views.treatments import treatment, treatments
from pages.views.words import words

urlpatterns = [
    path("demo/mail/", demo_mail, name="demo_mail"),
    path("studio/words/", texts, name="studio_texts"),
    path("studio/words/<slug:key>/", text, name="studio_text"),
    path("studio/words/<slug:key>/restore/", restore, name="studio_text_restore"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("site.webmanifest", manifest, name="manifest"),
    path("photos/<str:name>", photo, name="photo"),
]
public_urlpatterns = [
    path("", start, name="start"),
    path("therapists/", therapists, name="therapists"),
    path("therapists/<slug:slug>/", therapist, name="therapist"),
    path("treatments/", treatments, name="treatments"),
    path("treatments/<slug:slug>/", treatment, name="treatment"),
    path("places/<slug:slug>/", place, name="place"),
    path("prepare/", prepare, name="prepare"),
    path("ashiatsu/", words, {"key": "ashiatsu"}, name="ashiatsu"),
    path("reports/", words, {"key": "reports"}, name="reports"),
    path("questions/", words, {"key": "questions"}, name="questions"),
    path("ask-first/", words, {"key": "ask_first"}, name="ask_first"),
    path("privacy/", words, {"key": "privacy"}, name="privacy"),
    path("accessibility/", words, {"key": "accessibility"}, name="accessibility"),
]
