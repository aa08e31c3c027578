"""Passkeys in a real browser, with a virtual authenticator: the page's script, and what happens without it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}


def with_a_key(page: Page) -> None:
    """Gives the tab an authenticator that always agrees."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | {"automaticPresenceSimulation": True}})


def test_a_passkey_is_made_and_signs_in_alone(chromium: Browser, walked: Site) -> None:
    context = chromium.new_context(locale="es-MX")
    page, home = context.new_page(), walked.address.replace("127.0.0.1", "localhost")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    with_a_key(page)
    page.goto(home + "/entrar")
    page.fill("#id_username", "area")
    page.fill("#id_password", walked.passwords["area"])
    page.click("main button")
    page.fill("#id_code", walked.code("area"))
    page.click("main button")
    page.goto(home + "/mi-cuenta/acceso")
    page.get_by_role("link", name="Agregar una llave de acceso").click()
    page.fill("#id_name", "mi teléfono")
    page.get_by_role("button", name="Agregar").click()
    page.locator("strong", has_text="mi teléfono").wait_for()
    page.get_by_role("button", name="Salir").click()
    page.goto(home + "/entrar")
    page.get_by_role("link", name="Con una llave de acceso").click()
    page.get_by_role("button", name="Usar mi llave").click()
    page.wait_for_url(home + "/mesa")
    page.goto(home + "/mi-cuenta/sesiones")
    assert "Con llave de acceso" in page.inner_text("main")
    assert complaints == []
    context.close()


def test_without_a_key_that_answers_it_says_so_and_leaves_another_way(chromium: Browser, walked: Site) -> None:
    context = chromium.new_context(locale="es-MX")
    page = context.new_page()
    page.goto(walked.address.replace("127.0.0.1", "localhost") + "/entrar/llave")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }")
    page.get_by_role("button", name="Usar mi llave").click()
    page.get_by_text("Su dispositivo no respondió").wait_for()
    page.get_by_role("link", name="Entrar de otro modo").click()
    assert page.url.endswith("/entrar")
    context.close()


def test_without_scripts_the_page_says_what_to_do_instead(chromium: Browser, walked: Site) -> None:
    context = chromium.new_context(locale="es-MX", java_script_enabled=False)
    page = context.new_page()
    page.goto(walked.address.replace("127.0.0.1", "localhost") + "/entrar/llave")
    assert "Use una aplicación de códigos" in page.inner_text("main")
    assert page.get_by_role("button", name="Usar mi llave").count() == 0
    context.close()
