"""POST /sms/inbound/<secret>/: the gateway hands on what people answered. STOP and START count, nothing is kept."""

import json
import re
from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bookings.actions.reaching import start_texts, stop_texts
from spa import clock

STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "BAJA", "ALTO"}
START = {"START"}
LONGEST = 2000
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
SENTENCE = 'Post "from", a number with its country code, and "text", as a form or as JSON.\n'


# The gateway has no token of a form: the secret in the address says who posts.
@csrf_exempt
@login_not_required
@require_POST
def sms_inbound(request: HttpRequest, secret: str) -> HttpResponse:
    if not settings.SMS_INBOUND_SECRET or not constant_time_compare(secret, settings.SMS_INBOUND_SECRET):
        raise Http404
    try:
        number, word = read_answer(words_of(request))
    except (ValueError, RecursionError):
        return HttpResponse(SENTENCE, content_type="text/plain; charset=utf-8", status=400)
    if word in STOP:
        stop_texts(number=number, now=clock.now())
    elif word in START:
        start_texts(number=number, now=clock.now())
    return HttpResponse(status=204)


def words_of(request: HttpRequest) -> Mapping[str, object]:
    """The fields of a form or of a JSON object; ValueError for anything else."""
    if request.content_type != "application/json":
        return request.POST
    words = json.loads(request.body)
    if not isinstance(words, dict):
        raise ValueError("not an object")
    return words


def read_answer(words: Mapping[str, object]) -> tuple[str, str]:
    """The number in international form and the answer as one bare word in capitals; ValueError when there is none."""
    number, text = words.get("from"), words.get("text")
    if not isinstance(number, str) or not isinstance(text, str) or max(len(number), len(text)) > LONGEST:
        raise ValueError("no strings")
    number = re.sub(r"^(00)?(?=[1-9])", "+", re.sub(r"[\s().-]", "", number))
    if not NUMBER.fullmatch(number):
        raise ValueError("no number")
    return number, text.strip(" \t\r\n.!¡\"'").upper()
