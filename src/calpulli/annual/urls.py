"""Addresses of the annual programme."""

from django.urls import path, re_path

from .pages import adjusting, delivering, exercises, imports, public, reporting, writing

YEAR = "poa/<slug:plan_key>/<int:year>"

urlpatterns = [
    path("poa", public.years, name="poa"),
    re_path(r"^poa/evidencia/(?P<sha256>[0-9a-f]{64})\.(?P<extension>[a-z]{3,4})$", public.evidence, name="poa_evidence"),
    path(YEAR, public.year, name="poa_year"),
    path(f"{YEAR}/programa/<str:key>", public.programme, name="poa_programme"),
    path(f"{YEAR}/actividad/<str:key>", public.activity, name="poa_activity"),
    path("mesa/poa", exercises.exercises, name="annual_exercises"),
    path("mesa/poa/importar", imports.import_poa, name="import_poa"),
    path("mesa/poa/plantillas/<slug:book>.xlsx", imports.poa_template, name="poa_template"),
    path("mesa/poa/plantillas/<slug:sheet>.csv", imports.poa_sheet, name="poa_sheet"),
    path("mesa/poa/ejemplos/<slug:sheet>.csv", imports.poa_sheet, {"example": "si"}, name="poa_example"),
    path("mesa/poa/archivos/<slug:plan_key>-<int:year>.xlsx", imports.poa_file, name="poa_file"),
    path("mesa/poa/<int:exercise_id>", exercises.exercise, name="annual_exercise"),
    path("mesa/poa/<int:exercise_id>/programa", writing.new_programme, name="annual_new_programme"),
    path("mesa/poa/programa/<int:programme_id>", writing.programme, name="annual_programme"),
    path("mesa/poa/<int:exercise_id>/actividad", writing.new_activity, name="annual_new_activity"),
    path("mesa/poa/actividad/<int:activity_id>", writing.activity, name="annual_activity"),
    path("mesa/poa/actividad/<int:activity_id>/ajuste", adjusting.new_adjustment, name="annual_new_adjustment"),
    path("mesa/poa/ajuste/<int:adjustment_id>", adjusting.adjustment, name="annual_adjustment"),
    path("mesa/poa/actividad/<int:activity_id>/trimestre/<int:quarter>", reporting.report, name="annual_report"),
    path("mesa/poa/entregas", delivering.deliveries, name="annual_deliveries"),
    path("mesa/poa/entregas/<int:batch_id>/retirar", delivering.withdraw, name="annual_withdraw"),
]
