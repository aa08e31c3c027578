"""Who holds a post may be public with her name; what her account did is not joined to it by any fact."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from calpulli.commons import clock
from calpulli.commons.act import Done
from calpulli.ledger import doors as ledger
from calpulli.people.actions import appoint, end_appointment
from calpulli.people.doors import actor_named
from calpulli.people.inputs import Appoint, EndAppointment
from calpulli.people.models import Account, Appointment, Post


def appointed(post: Post) -> Done[Appointment]:
    return appoint(Appoint("area", post.key, clock.today()), by=actor_named("administracion"))


def guessed(held: Appointment, since: dt.date) -> str:
    """The digest of the row as the specification of the ledger makes it of what a stranger knows or tries."""
    known = {"account_id": str(held.account_id), "id": held.pk, "post_id": held.post_id, "since": since.isoformat()}
    content = json.dumps(known, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"calpulli-row-v1\n" + content.encode()).hexdigest()


def test_neither_the_fact_nor_the_digest_of_its_row_tells_whose_the_post_is(db: None) -> None:
    account = Account.objects.get(username="area")
    post = Post.objects.exclude(appointments__account=account).first()
    assert post is not None
    done = appointed(post)
    ended = end_appointment(EndAppointment(done.result.pk, clock.today()), by=actor_named("administracion"))
    for receipt in (done.receipt, ended.receipt):
        fact = ledger.fact_at(receipt.chain, receipt.sequence)
        assert fact is not None
        told = json.dumps(fact, default=str)
        assert post.key in told
        assert str(account.pk) not in told
    plain = Appointment(pk=done.result.pk, account=account, post=post, since=clock.today())
    assert ledger.row_digest(plain) == guessed(plain, clock.today()), "without its salt the row is guessed"
    assert ledger.row_digest(done.result) != guessed(plain, clock.today())


def test_no_two_rows_have_the_same_salt(db: None) -> None:
    posts = Post.objects.exclude(appointments__account__username="area")[:3]
    salts = {appointed(post).result.salt for post in posts}
    assert len(salts) == 3 and {len(salt) for salt in salts} == {32}
