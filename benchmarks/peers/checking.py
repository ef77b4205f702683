"""Compares the tables that a tool left with the documents, field by field."""

import datetime
import json
from collections import Counter
from decimal import Decimal, InvalidOperation

import psycopg

import documents

DATES = ("created", "updated")
NUMBERS = ("budget",)
LISTS = ("skills",)


def docrows(uri, description, content):
    """The tables of the pipeline against the generator's own count and checksum; content is original or changed."""
    wrong = []
    with psycopg.connect(uri) as connection:
        for name, table in description["tables"].items():
            count, checksum = connection.execute(
                "SELECT count(*), coalesce(sum(('x' || left(md5(line), 15))::bit(60)::bigint), 0)::text FROM ("
                + table["lines"]
                + ") lines"
            ).fetchone()
            if (count, checksum) != (table[content]["count"], table[content]["checksum"]):
                wrong.append(name)
    return wrong


def ids(uri, query):
    """How many different _ids there are in the target, and in how many rows."""
    with psycopg.connect(uri) as connection:
        try:
            return connection.execute(f"SELECT count(DISTINCT id), count(*) FROM ({query}) rows (id)").fetchone()
        except psycopg.errors.UndefinedTable:
            return 0, 0


def peer(uri, tool, expected):
    """What is missing, doubled, gone from the source but still there, and different from the documents."""
    found = Counter()
    fields = Counter()
    with psycopg.connect(uri) as connection:
        for collection, wanted in expected.items():
            seen = Counter()
            try:
                rows = connection.execute(tool.rows(collection))
            except psycopg.errors.UndefinedTable:
                connection.rollback()
                found["missing"] += len(wanted)
                continue
            names = [column.name for column in rows.description]
            for values in rows:
                row = dict(zip(names, values))
                key = row.pop("_id")
                seen[key] += 1
                if key not in wanted:
                    found["gone"] += 1
                elif different := _different(wanted[key], row):
                    found["different"] += 1
                    fields.update(f"{collection}.{name}" for name in different)
            found["missing"] += sum(1 for key in wanted if not seen[key])
            found["twice"] += sum(number - 1 for number in seen.values())
    return {**found, "fields": dict(fields)}


def _different(document, row):
    return [
        name
        for name in document.keys() | row.keys()
        if (document.get(name) or None) != (_value(name, row.get(name)) or None)
    ]


def _value(name, value):
    if value is None:
        return None
    if name in DATES:
        return documents.plain(_date(value))
    if name in NUMBERS:
        return _number(value)
    if name in LISTS and isinstance(value, str):
        return json.loads(value)
    return documents.plain(value)


def _date(value):
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    # Without a zone it is UTC, which the source means.
    return value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)


def _number(value):
    if isinstance(value, dict):
        value = next(iter(value.values()))
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return value


def types(uri, schema="public"):
    """The column types of the tables users and gigs, in short."""
    with psycopg.connect(uri) as connection:
        rows = connection.execute(
            "SELECT table_name || '.' || column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = %s AND table_name IN ('users', 'gigs') ORDER BY 1",
            (schema,),
        )
        return dict(rows.fetchall())


def constraints(uri):
    """How many primary, unique and foreign keys the target has."""
    with psycopg.connect(uri) as connection:
        counts = dict(
            connection.execute(
                "SELECT contype::text, count(*) FROM pg_constraint"
                " WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f') GROUP BY 1"
            ).fetchall()
        )
    return {name: counts.get(kind, 0) for kind, name in (("p", "primary"), ("u", "unique"), ("f", "foreign"))}
