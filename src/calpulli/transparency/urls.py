"""Addresses of transparency."""

from django.urls import path, re_path

from . import api
from .pages import catalogue, datasets, editions, searching, thesaurus, unknowns

KEY = r"datos/(?P<key>[a-z0-9-]+)"
EDITION = KEY + r"/edicion/(?P<number>[0-9]{1,6})"

urlpatterns = [
    path("datos", catalogue.datasets, name="datasets"),
    path("datos/catalogo.jsonld", catalogue.catalogue_file, name="catalogue_file"),
    path("datos/ediciones.atom", catalogue.editions_feed, name="editions_feed"),
    re_path(rf"^{KEY}$", datasets.dataset_page, name="dataset"),
    re_path(rf"^{KEY}\.(?P<form>csv|json|xlsx)$", datasets.dataset_file, name="dataset_file"),
    re_path(rf"^{KEY}/diccionario\.csv$", datasets.dictionary_file, name="dictionary_file"),
    re_path(rf"^{KEY}/datapackage\.json$", datasets.package_file, name="package_file"),
    path("api", catalogue.api_page, name="api_page"),
    *api.urlpatterns,
    re_path(rf"^{EDITION}$", editions.edition_page, name="dataset_edition"),
    re_path(rf"^{EDITION}/(?P<file>[a-z]+\.(?:csv|json))$", editions.edition_file, name="dataset_edition_file"),
    path("buscar", searching.search_page, name="search"),
    path("mesa/tesauro", thesaurus.thesaurus, name="thesaurus"),
    path("por-confirmar", unknowns.unknowns_page, name="unknowns"),
    path("por-confirmar.csv", unknowns.unknowns_file, name="unknowns_file"),
]
