"""The public site. `/demo/mail/` exists only for the demo studio on its own machine."""

from django.urls import path

from pages.demo import demo_mail
from pages.views import start

urlpatterns = [path("demo/mail/", demo_mail, name="demo_mail")]
public_urlpatterns = [path("", start, name="start")]
