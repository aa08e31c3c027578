"""Addresses of people."""

from django.urls import path, re_path

from .pages import (
    access,
    accounts,
    calendars,
    data,
    desk,
    factor,
    load,
    mailing,
    organisation,
    own,
    proof,
    residents,
    second_step,
    signing,
    text,
)

FOLLOWED = r"mesa/calendario/(?P<token>[0-9a-f]{24}-[0-9a-f]{32})"

urlpatterns = [
    path("mesa", desk.desk, name="desk"),
    path("mesa/cuentas", accounts.account_list, name="accounts"),
    path("mesa/cuentas/nueva", accounts.new_account, name="new_account"),
    path("mesa/cuentas/<uuid:account_id>", accounts.account, name="account"),
    path("mesa/residentes", residents.resident_list, name="residents"),
    path("mesa/residentes/nueva", residents.new_resident, name="new_resident"),
    path("mesa/residentes/<uuid:account_id>", residents.resident, name="resident"),
    path("mi-cuenta", own.own_account, name="own_account"),
    path("mi-cuenta/contrasena", own.own_password, name="own_password"),
    path("mi-cuenta/datos", data.own_data, name="own_data"),
    path("mi-cuenta/datos/mis-datos.json", data.own_data_file, name="own_data_file"),
    path("mi-cuenta/datos/borrar", data.erase_own, name="erase_own"),
    path("privacidad", data.privacy, name="privacy"),
    path("mi-cuenta/avisos", mailing.own_notices, name="own_notices"),
    path("organigrama", organisation.organisation, name="organisation"),
    path("organigrama/<slug:key>", organisation.area, name="area"),
    path("mesa/carga", load.load, name="desk_load"),
    path("mesa/calendario", calendars.calendar_address, name="calendar_address"),
    re_path(rf"^{FOLLOWED}\.ics$", calendars.private_calendar, name="private_calendar"),
    re_path(rf"^{FOLLOWED}\.atom$", calendars.private_feed, name="private_feed"),
    path("texto/pistas", text.text_hints, name="text_hints"),
    path("entrar", signing.sign_in, name="sign_in"),
    path("entrar/codigo", second_step.second_step, name="second_step"),
    path("salir", signing.sign_out, name="sign_out"),
    path("mi-cuenta/acceso", access.access, name="access"),
    path("mi-cuenta/acceso/confirmar", proof.confirm, name="confirm"),
    path("mi-cuenta/acceso/aplicacion", factor.one_time_key, name="one_time_key"),
    path("mi-cuenta/acceso/aplicacion/quitar", factor.remove_key, name="remove_key"),
    path("mi-cuenta/acceso/codigos", factor.paper_codes, name="paper_codes"),
    path("mi-cuenta/sesiones", access.session_list, name="sessions"),
    path("mi-cuenta/sesiones/cerrar-las-demas", access.close_other_sessions, name="close_other_sessions"),
    path("mi-cuenta/sesiones/<uuid:session_id>/cerrar", access.close_session, name="close_session"),
]
