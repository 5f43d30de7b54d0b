"""Where people go after signing in, and the page that makes the first owner. The rest is allauth's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import invitations, roles, setup
from accounts.forms import NewPasswordForm, OwnerForm
from spa import clock


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Staff go to their work, everybody else to the start page."""
    user = request.user
    if not user.is_staff:
        return redirect("/")
    if not user.is_superuser and roles.may(request, roles.FRONT_DESK, roles.STUDIO_ADMIN):
        return redirect("desk_day")
    if not user.is_superuser and roles.may(request, roles.THERAPIST):
        return redirect("desk_own_day")
    return redirect("studio" if user.is_superuser else "admin:index")


# Public: whoever holds the link that the server printed may make the first owner.
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    if not setup.is_open(token):
        raise Http404
    form = OwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            setup.make_owner(**form.cleaned_data)
        except setup.AlreadySetUp:
            raise Http404 from None
        messages.success(request, _("Your sign-in is ready. Sign in with it now."))
        return redirect("account_login")
    return render(request, "account/setup.html", {"form": form}, status=422 if form.errors else 200)


# Public: whoever holds the link of an invitation sets the password of the one who was invited.
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    asked = invitations.read(token, now)
    if asked is None:
        raise Http404
    person = asked.user
    form = NewPasswordForm(request.POST or None, email=person.email, name=person.name)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.accept(token=token, password=form.cleaned_data["password"], now=now)
        except invitations.Gone:
            raise Http404 from None
        messages.success(request, _("Your sign-in is ready. Sign in with it now."))
        return redirect("account_login")
    context = {"form": form, "name": person.name.split(" ")[0]}
    return render(request, "account/invitation.html", context, status=422 if form.errors else 200)


# Public: a page that this studio does not have looks like any other missing page.
@login_not_required
def gone(request: HttpRequest, **_parts: str) -> HttpResponse:
    raise Http404


# Public: it leads to the sign-in page, with the way back.
@login_not_required
def admin_sign_in(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """The admin's door is the door of the house; to those who may not enter there is no such page."""
    if request.user.is_authenticated:
        if request.user.is_staff:
            return redirect("admin:index")
        raise Http404
    return redirect_to_login(request.GET.get("next") or request.get_full_path())
