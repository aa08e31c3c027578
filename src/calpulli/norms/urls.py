"""Addresses of norms."""

from django.urls import path

from . import pages

urlpatterns = [path("normas", pages.norms, name="norms")]
