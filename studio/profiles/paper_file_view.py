"""The file of a certificate, for staff alone: always a download, never shown as a page of this site."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils.text import slugify

from studio.access import studio_view
from therapists.models import Certificate
from therapists.paper_file import FOLDER, KINDS

LOCKED = "default-src 'none'; sandbox"


@studio_view("GET", "HEAD")
def certificate_file(request: HttpRequest, pk: str, name: str) -> FileResponse:
    """Only what a certificate of hers names is opened."""
    rows = Certificate.objects.filter(therapist_id=int(pk), file=f"{FOLDER}/{name}")
    paper, kind = rows.select_related("therapist").first(), name.rpartition(".")[2]
    try:
        file = paper and paper.file.open("rb")
    except FileNotFoundError:
        file = None
    if file is None:
        raise Http404
    said = f"{slugify(f'{paper.therapist.name} {paper}')[:80] or 'certificate'}.{kind}"
    headers = {"Content-Security-Policy": LOCKED, "X-Content-Type-Options": "nosniff"}
    return FileResponse(file, as_attachment=True, filename=said, content_type=KINDS[kind], headers=headers)
