"""Sign in, sign out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from calpulli.commons.access import public

from .. import throttle
from ..inputs import SignInForm


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; on success, on to where the person was going."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _try(request, form)
    return _page(request, form, status=422 if form.errors else 200)


def _try(request: HttpRequest, form: SignInForm) -> HttpResponse:
    """Signs in, unless too many tries failed lately: then not even the right password is looked at."""
    keys = throttle.failure_keys(username=form.cleaned_data["username"], address=throttle.address_of(request.META))
    if throttle.must_wait(keys):
        form.add_error(None, _("Hubo demasiados intentos. Espere %(minutes)s minutos y vuelva a intentarlo.") % _window())
        return _page(request, form, status=429)
    account = auth.authenticate(request, **form.cleaned_data)
    if account is None:
        throttle.note_failure(keys)
        form.add_error(None, _("El usuario o la contraseña no son correctos. Revise ambos y vuelva a intentarlo."))
        return _page(request, form, status=422)
    throttle.forget_failures(list(keys)[:1])
    auth.login(request, account)
    return redirect(_destination(request))


def _window() -> dict[str, int]:
    return {"minutes": settings.SIGN_IN_WINDOW}


def _page(request: HttpRequest, form: SignInForm, *, status: int) -> HttpResponse:
    answer = render(request, "people/sign_in.jinja", {"form": form, "next": _destination(request)}, status=status)
    if status == 429:
        answer["Retry-After"] = str(60 * settings.SIGN_IN_WINDOW)
    return answer


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    auth.logout(request)
    return redirect("home")


def _destination(request: HttpRequest) -> str:
    """Where to go after signing in: only an address of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else settings.LOGIN_REDIRECT_URL
