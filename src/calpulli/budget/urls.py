"""Addresses of the budget."""

from django.urls import path

from .pages import changes, cutting, desk, formats, public

urlpatterns = [
    path("presupuesto", public.budget, name="budget"),
    path("presupuesto/<int:year>", public.budget_year, name="budget_year"),
    path("presupuesto/<int:year>/preguntas", public.budget_flags, name="budget_flags"),
    path("presupuesto/<int:year>/adecuaciones", changes.budget_changes, name="budget_changes"),
    path("presupuesto/<int:year>/adecuaciones/<int:key>", changes.budget_change, name="budget_change"),
    path("presupuesto/<int:year>/formatos/<slug:key>.<str:kind>", formats.budget_format, name="budget_format"),
    path("presupuesto/<int:year>/simulacion", cutting.budget_cut, name="budget_cut"),
    path("presupuesto/<int:year>/actividad/<str:key>", public.budget_activity, name="budget_activity"),
    path("presupuesto/<int:year>/por/<slug:by>", public.budget_by, name="budget_by"),
    path("presupuesto/<int:year>/por/<slug:by>.csv", public.budget_by_file, name="budget_by_file"),
    path("mesa/presupuesto", desk.budget_desk, name="budget_desk"),
    path("mesa/presupuesto/movimiento", desk.new_spending, name="new_spending"),
    path("mesa/presupuesto/adecuacion", desk.new_adecuacion, name="new_adecuacion"),
    path("mesa/presupuesto/adecuacion/<int:key>", desk.adecuacion, name="adecuacion"),
    path("mesa/presupuesto/adecuacion/<int:key>/aprobar", desk.approve, name="approve_adecuacion"),
    path("mesa/presupuesto/adecuacion/<int:key>/no-aprobar", desk.refuse, name="refuse_adecuacion"),
]
