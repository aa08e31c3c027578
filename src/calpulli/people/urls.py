"""Addresses of people."""

from django.urls import path

from . import pages

urlpatterns = [
    path("entrar", pages.sign_in, name="sign_in"),
    path("salir", pages.sign_out, name="sign_out"),
]
