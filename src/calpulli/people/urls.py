"""Addresses of people."""

from django.urls import path

from .pages import desk, organisation, signing

urlpatterns = [
    path("mesa", desk.desk, name="desk"),
    path("organigrama", organisation.organisation, name="organisation"),
    path("organigrama/<slug:key>", organisation.area, name="area"),
    path("entrar", signing.sign_in, name="sign_in"),
    path("salir", signing.sign_out, name="sign_out"),
]
