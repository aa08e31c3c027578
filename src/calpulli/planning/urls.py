"""Addresses of planning."""

from django.urls import path, re_path

from .pages import attachments, editions, feeds, imports, programme, records

PERIOD = r"registros/(?P<plan_key>[a-z0-9-]+)/(?P<code>[0-9]{4}(?:-Q[1-4])?)"
FORM = r"(?P<form>csv|json|xlsx|pdf)"
EDITION = PERIOD + r"/edicion/(?P<number>[0-9]{1,4})"

urlpatterns = [
    path("", programme.home, name="home"),
    path("programas", programme.plan_list, name="plans"),
    path("programas/<slug:plan_key>", programme.plan_page, name="plan"),
    path("programas/<slug:plan_key>/objetivo/<int:number>", programme.objective_page, name="objective"),
    re_path(r"^programas/(?P<plan_key>[a-z0-9-]+)/linea/(?P<number>[0-9]+\.[0-9]+)$", programme.line_page, name="line"),
    path("programas/<slug:plan_key>/foda", programme.swot_page, name="swot"),
    path("programas/<slug:plan_key>/vision", programme.vision_page, name="vision"),
    path("registros", records.records, name="records"),
    path("registros/<slug:plan_key>/plazos.ics", records.plan_calendar, name="plan_calendar"),
    path("registros/<slug:plan_key>/atom", feeds.record_feed, name="record_feed"),
    re_path(rf"^{PERIOD}$", records.record_page, name="record"),
    re_path(rf"^{PERIOD}/plazo$", records.deadline_page, name="deadline"),
    re_path(rf"^{PERIOD}/registro\.{FORM}$", records.record_file, name="record_file"),
    re_path(rf"^{EDITION}$", records.edition_page, name="published_edition"),
    re_path(rf"^{EDITION}/registro\.{FORM}$", records.edition_file, name="edition_file"),
    re_path(rf"^{EDITION}/paquete\.zip$", records.bundle_file, name="bundle"),
    re_path(r"^archivos/(?P<sha256>[0-9a-f]{64})\.(?P<extension>[a-z]{3,4})$", attachments.kept_file, name="kept_file"),
    path("mesa/abrir", editions.open_period, name="open_period"),
    path("mesa/importar", imports.import_record, name="import_record"),
    path("mesa/edicion/<int:edition_id>", editions.edition, name="edition"),
    path("mesa/edicion/<int:edition_id>/sellar", editions.seal, name="seal"),
    path("mesa/edicion/<int:edition_id>/retirar", editions.withdraw, name="withdraw"),
    path("mesa/edicion/<int:edition_id>/devolver", editions.send_back, name="send_back"),
    path("mesa/edicion/<int:edition_id>/publicar", editions.publish, name="publish"),
    path("mesa/edicion/<int:edition_id>/errata", editions.open_erratum, name="open_erratum"),
]
