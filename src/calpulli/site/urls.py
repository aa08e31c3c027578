"""The addresses of the site."""

from django.urls import include, path

from . import pages
from .pages import design, institution, meanings

urlpatterns = [
    path("", include("calpulli.planning.urls")),
    path("", include("calpulli.annual.urls")),
    path("", include("calpulli.indicators.urls")),
    path("", include("calpulli.people.urls")),
    path("", include("calpulli.notices.urls")),
    path("", include("calpulli.norms.urls")),
    path("", include("calpulli.budget.urls")),
    path("", include("calpulli.transparency.urls")),
    path("verificar", pages.about_verifying, name="verifying"),
    path("verificador", pages.verifier, name="verifier"),
    path("verificador.pyz", pages.verifier_program, name="verifier_program"),
    path("libro", pages.ledger_page, name="ledger"),
    path("libro/<slug:chain>/<int:sequence>", pages.fact_page, name="fact"),
    path("libro/cabeza.json", pages.ledger_head, name="ledger_head"),
    path("libro/cabeza.atom", pages.ledger_feed, name="ledger_feed"),
    path("llaves.json", pages.keys, name="keys"),
    path("diseno", design.design, name="design"),
    path("que-significa", meanings.meanings, name="meanings"),
    path("que-significa/<slug:key>", meanings.meaning, name="meaning"),
    path("institucion.css", institution.sheet, name="institute_sheet"),
    path("institucion.svg", institution.logo, name="institute_logo"),
    path("salud", pages.health_report, name="health"),
]
handler400 = pages.bad_request
handler404 = pages.not_found
handler403 = pages.forbidden
handler500 = pages.server_error
