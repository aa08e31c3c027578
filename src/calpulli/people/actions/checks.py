"""What several acts on accounts ask, each reason in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from calpulli.commons.act import Problem
from calpulli_core.formats.plain_text import text_fault

LONGEST_NAME = 120


def name_problems(name: str) -> Iterator[Problem]:
    """A person's name: some words that fit."""
    if not name.strip():
        yield Problem("display_name", "Falta el nombre de la persona.")
    elif fault := text_fault(name.strip()):
        yield Problem("display_name", fault)
    elif len(name.strip()) > LONGEST_NAME:
        yield Problem("display_name", f"El nombre admite {LONGEST_NAME} caracteres y tiene {len(name.strip())}. Abrévielo.")


def password_problems(password: str) -> Iterator[Problem]:
    """Long enough, and not one of those that everybody tries."""
    try:
        validate_password(password)
    except ValidationError as error:
        yield from (Problem("password", message) for message in error.messages)


def email_problems(email: str) -> Iterator[Problem]:
    """A mail, or none."""
    try:
        if email:
            validate_email(email)
    except ValidationError:
        yield Problem("email", f"«{email[:60]}» no parece un correo. Escríbalo completo, por ejemplo nombre@ejemplo.mx.")
