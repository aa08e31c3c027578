"""Addresses of people."""

from django.urls import path

from .pages import desk, signing

urlpatterns = [
    path("mesa", desk.desk, name="desk"),
    path("entrar", signing.sign_in, name="sign_in"),
    path("salir", signing.sign_out, name="sign_out"),
]
