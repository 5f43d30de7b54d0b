"""Answers that several views give."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """After a POST: fetch the next page with GET, so that a reload repeats nothing."""

    status_code = 303
