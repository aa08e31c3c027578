"""The second factor: codes as the standard gives them, each accepted once; codes on paper; what facts and tables keep of it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from calpulli.commons import clock
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.ledger import doors as ledger
from calpulli.people import factors, vault
from calpulli.people.actions import (
    make_paper_codes,
    register_account,
    remove_one_time_key,
    reset_factors,
    set_one_time_key,
    set_password,
    use_paper_code,
)
from calpulli.people.inputs import OwnFactor, RegisterAccount, ResetFactors, SetOneTimeKey, SetPassword, UsePaperCode
from calpulli.people.models import Account, OneTimeKey, OpenSession, RecoveryCode

NAME, PASSWORD = "ana.lopez", "copal-nube-jade-12"
SYSTEM = Actor.system("prueba")
# RFC 6238, appendix B: the key for SHA-1, and the last six digits of its table.
KEY = base64.b32encode(b"12345678901234567890").decode()
TABLE = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}
AT = dt.datetime.fromtimestamp(1234567890, dt.UTC)


def digits(step: int, secret: str = KEY) -> str:
    """The code of a half minute, worked out here from the standard (RFC 4226, section 5.3)."""
    mac = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    place = mac[-1] & 15
    return f"{(int.from_bytes(mac[place : place + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


@pytest.fixture
def account(db: None) -> Account:
    return registered()


def registered() -> Account:
    command = RegisterAccount(NAME, "Ana Inventada", "Planeación", ("author",), PASSWORD)
    return register_account(command, by=SYSTEM).result


def enrolled(account: Account, at: dt.datetime = AT) -> list[str]:
    """The codes on paper; the application's first code is spent."""
    with clock.rehearse(at):
        command = SetOneTimeKey(account.pk, KEY, digits(int(at.timestamp()) // 30))
        return set_one_time_key(command, by=account.actor()).result


@pytest.mark.parametrize("second", sorted(TABLE))
def test_codes_are_those_of_the_standard(second: int) -> None:
    assert factors.code_of(KEY, second // 30) == TABLE[second]


def test_a_clock_half_a_minute_off_is_let_pass_and_no_more(account: Account) -> None:
    step = int(AT.timestamp()) // 30
    with clock.rehearse(AT):
        found = {off: factors.step_of(KEY, digits(step + off)) for off in range(-3, 4)}
    assert found == {-3: None, -2: None, -1: step - 1, 0: step, 1: step + 1, 2: None, 3: None}


def test_a_code_is_accepted_once(account: Account) -> None:
    enrolled(account)
    later = AT + dt.timedelta(minutes=2)
    code = digits(int(later.timestamp()) // 30)
    with clock.rehearse(later):
        assert [factors.accepts_code(account, code) for _ in range(3)] == [True, False, False]
    with clock.rehearse(later + dt.timedelta(seconds=30)):
        assert not factors.accepts_code(account, code)


def test_of_two_requests_at_once_with_one_code_one_is_refused(fresh_database: str) -> None:
    account = registered()
    enrolled(account)
    later = AT + dt.timedelta(minutes=2)
    code, found, ready = digits(int(later.timestamp()) // 30), [], threading.Barrier(4)

    def enter() -> None:
        ready.wait()
        with clock.rehearse(later):
            found.append(factors.accepts_code(account, code))
        connection.close()

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [False, False, False, True]


def test_the_key_is_neither_in_its_row_nor_in_a_fact_and_opens_for_its_account_alone(account: Account) -> None:
    before = ledger.head("people").sequence
    codes = enrolled(account)
    row = OneTimeKey.objects.get(account=account)
    assert KEY not in row.sealed_secret
    assert vault.unseal(row.sealed_secret, about=str(account.pk)) == KEY
    with pytest.raises(vault.VaultLocked):
        vault.unseal(row.sealed_secret, about="otra cuenta")
    (fact,) = ledger.facts_after("people", before)
    assert (fact["name"], fact["details"]) == ("people.one_time_key_set", {"account": str(account.pk)})
    told = str(fact) + str(list(RecoveryCode.objects.values()))
    assert not any(secret in told for secret in (KEY, *codes, *(code.replace("-", "") for code in codes)))


def test_without_the_key_of_the_vault_no_code_is_right_and_codes_on_paper_still_are(
    account: Account, settings: Any, tmp_path: Any
) -> None:
    codes = enrolled(account)
    settings.KEYS_DIR = tmp_path
    with clock.rehearse(AT + dt.timedelta(minutes=2)):
        assert not factors.accepts_code(account, digits(int(AT.timestamp()) // 30 + 4))
    assert use_paper_code(UsePaperCode(account.pk, codes[3]), by=account.actor()).result == 9


def test_a_key_that_no_code_shows_is_not_set(account: Account) -> None:
    with clock.rehearse(AT), pytest.raises(Refused, match="no es el que muestra"):
        set_one_time_key(SetOneTimeKey(account.pk, KEY, "000000"), by=account.actor())
    assert not factors.has_one(account)


def test_a_code_on_paper_serves_once_however_it_is_typed(account: Account) -> None:
    codes = enrolled(account)
    assert len(set(codes)) == 10
    typed = f" {codes[0].lower().replace('-', ' ')} "
    assert use_paper_code(UsePaperCode(account.pk, typed), by=account.actor()).result == 9
    for again in (codes[0], "", "AAAA-AAAA-AAAA-AAAA"):
        with pytest.raises(Refused, match="ya se usó"):
            use_paper_code(UsePaperCode(account.pk, again), by=account.actor())


def test_new_codes_on_paper_end_the_old_ones(account: Account) -> None:
    old = enrolled(account)
    new = make_paper_codes(OwnFactor(account.pk), by=account.actor()).result
    assert not set(old) & set(new)
    with pytest.raises(Refused):
        use_paper_code(UsePaperCode(account.pk, old[1]), by=account.actor())
    assert use_paper_code(UsePaperCode(account.pk, new[1]), by=account.actor()).result == 9


def test_nobody_changes_the_factor_of_another(account: Account) -> None:
    codes = enrolled(account)
    other = Account.objects.get(username="area").actor()
    for act, command in (
        (set_one_time_key, SetOneTimeKey(account.pk, KEY, "000000")),
        (remove_one_time_key, OwnFactor(account.pk)),
        (make_paper_codes, OwnFactor(account.pk)),
        (use_paper_code, UsePaperCode(account.pk, codes[0])),
        (reset_factors, ResetFactors(NAME, "lost")),
    ):
        with pytest.raises(Forbidden):
            act(command, by=other)  # type: ignore[operator]


def test_another_person_resets_a_lost_factor_and_it_ends_the_sessions(account: Account) -> None:
    enrolled(account)
    client = Client()
    client.force_login(account)
    assert client.get("/mi-cuenta/acceso").status_code == 200
    admin = Actor("cuenta:otra", frozenset({"administrator"}), "otra")
    before = ledger.head("people").sequence
    reset_factors(ResetFactors(NAME, "stolen"), by=admin)
    (fact,) = ledger.facts_after("people", before)
    assert (fact["name"], fact["actor"], fact["details"]["reason"]) == ("people.second_factor_withdrawn", "cuenta:otra", "stolen")
    assert not factors.has_one(account)
    assert client.get("/mi-cuenta/acceso").status_code == 302
    assert Client().post("/entrar", {"username": NAME, "password": PASSWORD})["Location"] == "/mi-cuenta/acceso"


def test_nobody_resets_her_own_factor_nor_without_a_known_reason(account: Account) -> None:
    enrolled(account)
    herself = Actor(f"cuenta:{account.pk}", frozenset({"administrator"}), str(account.pk))
    with pytest.raises(Refused) as refused:
        reset_factors(ResetFactors(NAME, "porque sí"), by=herself)
    assert {problem.field for problem in refused.value.problems} == {"reason", None}
    with pytest.raises(Refused, match="No hay una cuenta"):
        reset_factors(ResetFactors("nadie", "lost"), by=SYSTEM)


def test_a_new_application_ends_the_old_one_and_every_other_session(account: Account, client: Client) -> None:
    enrolled(account)
    client.force_login(account)
    client.get("/mi-cuenta/acceso")
    session = client.session
    session["proved_at"] = clock.now().timestamp()
    session.save()
    elsewhere = Client()
    elsewhere.force_login(account)
    page = client.get("/mi-cuenta/acceso/aplicacion").content.decode()
    shown = page.split('<code class="hash">')[1].split("</code>")[0].replace(" ", "")
    step = int(clock.now().timestamp()) // 30
    done = client.post("/mi-cuenta/acceso/aplicacion", {"code": digits(step, shown)})
    assert done.status_code == 200
    assert done.content.decode().count("<li><code>") == 10
    assert factors.secret_of(account) == shown
    assert elsewhere.get("/mi-cuenta/acceso").status_code == 302
    assert client.get("/mi-cuenta/acceso").status_code == 200


def test_an_institute_may_ask_it_of_its_staff(account: Account, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from calpulli.people import limits

    monkeypatch.setattr(limits, "current", lambda: limits.Limits(staff_second_factor=True))
    assert client.post("/entrar", {"username": NAME, "password": PASSWORD}).status_code == 302
    for page in ("/mesa", "/", "/mi-cuenta/sesiones"):
        assert client.get(page)["Location"] == "/mi-cuenta/acceso/aplicacion", page
    page = client.get("/mi-cuenta/acceso/aplicacion").content.decode()
    shown = page.split('<code class="hash">')[1].split("</code>")[0].replace(" ", "")
    client.post("/mi-cuenta/acceso/aplicacion", {"code": digits(int(clock.now().timestamp()) // 30, shown)})
    assert client.get("/mesa").status_code == 200


def test_the_command_tells_the_code_of_the_demonstrations_accounts_alone(server: Any, fresh_database: str) -> None:
    registered()
    told = server.run(fresh_database, "demo", "code", "area")
    assert told.returncode == 0, told.stderr
    assert factors.accepts_code(Account.objects.get(username="area"), told.stdout.strip())
    again = server.run(fresh_database, "demo", "code", "area").stdout.strip()
    assert again != told.stdout.strip()
    for name in (NAME, "nadie"):
        refused = server.run(fresh_database, "demo", "code", name)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert f"No hay una cuenta de la demostración «{name}»" in refused.stderr


def test_the_operator_resets_a_factor_by_command(server: Any, fresh_database: str) -> None:
    enrolled(registered())
    assert server.run(fresh_database, "account", "reset-factor", NAME, "--reason", "lost").returncode == 0
    assert not factors.has_one(Account.objects.get(username=NAME))
    again = server.run(fresh_database, "account", "reset-factor", NAME, "--reason", "lost")
    assert again.returncode == 1
    assert "no tiene segundo factor" in again.stderr


def test_a_changed_password_between_the_steps_ends_the_first(account: Account, client: Client) -> None:
    enrolled(account)
    assert client.post("/entrar", {"username": NAME, "password": PASSWORD})["Location"] == "/entrar/codigo"
    set_password(SetPassword(NAME, "otra-salvia-volcan-33"), by=SYSTEM)
    assert client.get("/entrar/codigo")["Location"] == "/entrar"
    assert OpenSession.objects.filter(account=account).count() == 0
