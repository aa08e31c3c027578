"""Addresses of notices."""

from django.urls import path

from .pages import demo, following

urlpatterns = [
    path("avisos", following.notices, name="notices"),
    path("avisos/seguir", following.follow, name="follow"),
    path("avisos/confirmar/<str:token>", following.confirm, name="confirm_following"),
    path("avisos/salir/<str:token>", following.leave, name="leave_notices"),
    path("avisos/lista/<str:token>", following.followed, name="following"),
    path("demo/correo", demo.outbox, name="demo_mail"),
]
