"""The words of spa.texts as template filters: {{ start|long_day }}, {{ price|money:currency }}."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from spa import texts

register = template.Library()
for say in (texts.day, texts.long_day, texts.weekday, texts.clock, texts.moment, texts.money):
    register.filter(say.__name__, say)
register.filter("to", texts.span)  # {{ start|to:end }}
register.filter("whole", texts.whole)  # {{ start|whole:end }}


@register.filter
def heavy_and(name: str) -> SafeString:
    """The studio's name with its ampersand in heavy type: the two halves hang from it."""
    before, sign, after = name.partition("&")
    return format_html("{}<b>{}</b>{}", before, sign, after) if sign else format_html("{}", name)
