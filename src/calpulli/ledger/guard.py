"""What the database itself refuses, whoever asks: a changed fact, and a domain row changed without a fact.

Run by the owner's role after every migration (`calpulli guard_database`). The owner can take the guards away, and that
is why history is also linked by hashes and its heads are published.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper

from .entries import batch_model, entry_models
from .models import Entry, Fact, FactRow
from .states import chain_of, domain_models

FUNCTIONS = """
CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION 'the ledger only grows: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

CREATE OR REPLACE FUNCTION ledger_enter_fact() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    last record;
BEGIN
    SELECT sequence, digest INTO last FROM ledger_fact WHERE chain = NEW.chain ORDER BY sequence DESC LIMIT 1;
    IF NEW.sequence <> coalesce(last.sequence, 0) + 1 OR NEW.previous <> coalesce(last.digest, repeat('0', 64)) THEN
        RAISE EXCEPTION 'fact % of chain % does not follow the last one', NEW.sequence, NEW.chain USING ERRCODE = '23514';
    END IF;
    NEW.transaction := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION ledger_enter_row() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
    NEW.transaction := pg_current_xact_id()::text::bigint;
    IF NOT EXISTS (SELECT 1 FROM ledger_fact WHERE id = NEW.fact_id AND transaction = NEW.transaction) THEN
        RAISE EXCEPTION 'a row joins a fact only in the transaction of that fact' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION ledger_require_fact() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    changed text := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ->> TG_ARGV[0] ELSE to_jsonb(NEW) ->> TG_ARGV[0] END;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM ledger_factrow AS told JOIN ledger_fact AS fact ON fact.id = told.fact_id
        WHERE told."table" = TG_TABLE_NAME AND told.key = changed AND fact.chain = TG_ARGV[1]
        AND told.transaction = pg_current_xact_id()::text::bigint
    ) THEN
        RAISE EXCEPTION 'row % of % changed without a fact in its transaction', changed, TG_TABLE_NAME
            USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

-- Of a row that this statement can see, an inserting transaction that is still running can only be our own.
CREATE OR REPLACE FUNCTION ledger_require_batch() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    here bigint := pg_current_xact_id()::text::bigint;
    low bigint := here & 4294967295;
    strange bigint;
BEGIN
    EXECUTE format(
        'SELECT told.batch_id FROM (SELECT DISTINCT batch_id FROM fresh) AS told LEFT JOIN public.%I AS batch '
        'ON batch.id = told.batch_id WHERE CASE WHEN batch.xmin::text::bigint >= $1 '
        'THEN pg_xact_status(($2 - $1 + batch.xmin::text::bigint)::text::xid8) IS DISTINCT FROM ''in progress'' '
        'ELSE true END LIMIT 1', TG_ARGV[0]
    ) INTO strange USING low, here;
    IF strange IS NOT NULL THEN
        RAISE EXCEPTION 'entries of % join batch % only in its own transaction', TG_TABLE_NAME, strange USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
"""


def guard_database(*, site_role: str, owner_role: str) -> None:
    """Installs the guards and gives the site's role its rights, and no more. Running it again changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        _seal_ledger(cursor)
        _guard_domain(cursor)
        _guard_entries(cursor)
        if site_role != owner_role:
            _grant(cursor, site_role)


def _seal_ledger(cursor: CursorWrapper) -> None:
    for model in (Fact, FactRow):
        table = model._meta.db_table
        _replace_trigger(
            cursor, table, "ledger_sealed", "BEFORE UPDATE OR DELETE", "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change()"
        )
        _replace_trigger(
            cursor, table, "ledger_whole", "BEFORE TRUNCATE", "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()"
        )

    for model, function in ((Fact, "ledger_enter_fact"), (FactRow, "ledger_enter_row")):
        then = f"FOR EACH ROW EXECUTE FUNCTION {function}()"
        _replace_trigger(cursor, model._meta.db_table, "ledger_entered", "BEFORE INSERT", then)


def _guard_domain(cursor: CursorWrapper) -> None:
    for model in domain_models():
        table, key = model._meta.db_table, model._meta.pk.column
        cursor.execute(f'DROP TRIGGER IF EXISTS ledger_attested ON "{table}"')
        cursor.execute(
            f'CREATE CONSTRAINT TRIGGER ledger_attested AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_require_fact('{key}', '{chain_of(model)}')"
        )


def _guard_entries(cursor: CursorWrapper) -> None:
    for model in entry_models():
        table, batches = model._meta.db_table, batch_model(model)._meta.db_table
        refuse = "EXECUTE FUNCTION ledger_refuse_change()"
        _replace_trigger(cursor, table, "ledger_entries", "BEFORE UPDATE OR DELETE", f"FOR EACH ROW {refuse}")
        _replace_trigger(cursor, table, "ledger_whole", "BEFORE TRUNCATE", f"FOR EACH STATEMENT {refuse}")
        then = f"REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_require_batch('{batches}')"
        _replace_trigger(cursor, table, "ledger_batch", "AFTER INSERT", then)


def _replace_trigger(cursor: CursorWrapper, table: str, name: str, when: str, then: str) -> None:
    cursor.execute(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
    cursor.execute(f'CREATE TRIGGER {name} {when} ON "{table}" {then}')


def _grant(cursor: CursorWrapper, role: str) -> None:
    name = connection.ops.quote_name(role)
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
    cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
    for model in apps.get_models(include_auto_created=True):
        grows = model in (Fact, FactRow) or issubclass(model, Entry)
        rights = "INSERT" if grows else "INSERT, UPDATE, DELETE"
        cursor.execute(f'GRANT {rights} ON "{model._meta.db_table}" TO {name}')
