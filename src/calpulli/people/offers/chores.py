"""What people forgets every so often: what signing in had to remember for a while."""

from __future__ import annotations

import datetime as dt

from calpulli.commons.registries.chores import Chore, offer_chore

from .. import sessions, throttle

offer_chore(Chore("people.old_sessions", dt.timedelta(hours=1), sessions.forget_old))
offer_chore(Chore("people.old_failures", dt.timedelta(hours=1), throttle.forget_old))
