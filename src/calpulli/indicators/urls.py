"""Addresses of indicators."""

from django.urls import path, re_path

from .pages import board, formats, indicator, measures, people, sheets, targets

KEY = r"indicador/(?P<key>[a-z0-9]+(?:[.-][a-z0-9]+)*)"
PERIOD = r"(?P<period>[0-9]{4}(?:-(?:Q[1-4]|M(?:0[1-9]|1[0-2])))?)"

urlpatterns = [
    path("tablero", board.board, name="board"),
    path("tablero.csv", board.board_file, name="board_file"),
    re_path(
        r"^tablero/formato/(?P<format_key>objetivos|resultados)/(?P<quarter>(?:19|20|21)[0-9]{2}-Q[1-4])\.(?P<kind>xlsx|csv)$",
        formats.format_file,
        name="indicators_format",
    ),
    re_path(rf"^{KEY}$", indicator.indicator, name="indicator"),
    re_path(rf"^{KEY}/serie\.csv$", indicator.series_file, name="indicator_series"),
    re_path(rf"^{KEY}/{PERIOD}$", indicator.value, name="indicator_value"),
    re_path(rf"^{KEY}/{PERIOD}/hoja$", indicator.worksheet, name="worksheet"),
    re_path(r"^medida/(?P<key>[a-z]+\.[a-z_]+)$", measures.measure, name="measure"),
    re_path(r"^medida/(?P<key>[a-z]+\.[a-z_]+)/renglones\.csv$", measures.measure_file, name="measure_file"),
    path("medidas", measures.measures, name="measures"),
    path("personas", people.people_tables, name="people_tables"),
    re_path(r"^personas/(?P<key>[a-z]+\.[a-z_]+)/(?P<year>[0-9]{4})$", people.people_told, name="people_told"),
    re_path(r"^personas/(?P<key>[a-z]+\.[a-z_]+)/(?P<year>[0-9]{4})\.csv$", people.people_file, name="people_file"),
    path("mesa/indicadores", sheets.sheets, name="sheets"),
    path("mesa/indicadores/ficha", sheets.new_sheet, name="new_sheet"),
    path("mesa/indicadores/ficha/<int:sheet_id>", sheets.sheet, name="sheet"),
    path("mesa/indicadores/metas", targets.targets, name="targets"),
]
