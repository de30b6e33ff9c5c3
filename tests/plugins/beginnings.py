"""After a test that commits, its database is put back to how it began, with the rows it began with.

Django empties every table instead, by giving it and its indexes new files, and makes permissions
and roles anew. That took most of a second, longer than the test itself, for hundreds of tests.
"""

from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

# Rows are compared as texts, since not every type of column knows what equal means. No trigger
# may speak up meanwhile: what was issued, sealed or recorded is to go.
REMEMBER = """
CREATE SCHEMA beginning;
DO $$
DECLARE
    kept text;
    has_rows boolean;
BEGIN
    FOR kept IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (TABLE public.%1$I)', kept) INTO has_rows;
        IF has_rows THEN
            EXECUTE format('CREATE TABLE beginning.%1$I AS TABLE public.%1$I', kept);
        END IF;
    END LOOP;
END $$;
CREATE FUNCTION beginning.put_back() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one record;
    differs boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN
        SELECT t.tablename AS name, b.tablename IS NOT NULL AS has_rows
        FROM pg_tables t LEFT JOIN pg_tables b
            ON b.schemaname = 'beginning' AND b.tablename = t.tablename
        WHERE t.schemaname = 'public'
    LOOP
        IF NOT one.has_rows THEN
            EXECUTE format('DELETE FROM public.%1$I', one.name);
            CONTINUE;
        END IF;
        EXECUTE format(
            'SELECT EXISTS (
                (SELECT t::text FROM public.%1$I t EXCEPT SELECT b::text FROM beginning.%1$I b)
                UNION ALL
                (SELECT b::text FROM beginning.%1$I b EXCEPT SELECT t::text FROM public.%1$I t)
            )', one.name) INTO differs;
        IF differs THEN
            EXECUTE format('DELETE FROM public.%1$I', one.name);
            EXECUTE format('INSERT INTO public.%1$I TABLE beginning.%1$I', one.name);
        END IF;
    END LOOP;
END $$;
"""
IS_REMEMBERED = "SELECT to_regprocedure('beginning.put_back()') IS NOT NULL"
MAY_SILENCE_TRIGGERS = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"


def remember_beginning() -> None:
    """Keep what rows there are; where triggers may not be silenced, Django's way stays."""
    with connection.cursor() as cursor:
        if _answer(cursor, MAY_SILENCE_TRIGGERS):
            cursor.execute(REMEMBER)


@pytest.fixture(scope="session", autouse=True)
def _beginnings(monkeypatch_session: pytest.MonkeyPatch) -> None:
    # Django names it so and calls it after each test that commits; its stubs leave it out.
    as_django_does = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # as above

    def put_back(case: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            is_remembered = _answer(cursor, IS_REMEMBERED)
            if is_remembered:
                cursor.execute("SELECT beginning.put_back()")
        if not is_remembered:
            as_django_does(case)

    monkeypatch_session.setattr(TransactionTestCase, "_fixture_teardown", put_back)


@pytest.fixture(scope="session")
def monkeypatch_session() -> Any:
    """Give out a patcher that lasts as long as the process."""
    with pytest.MonkeyPatch.context() as patcher:
        yield patcher


def _answer(cursor: Any, question: str) -> Any:
    cursor.execute(question)
    [(found,)] = cursor.fetchall()
    return found
