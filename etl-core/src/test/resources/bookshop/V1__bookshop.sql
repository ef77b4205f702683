-- A schema that has what the gigs schema lacks: NOT NULL references, a table that refers to itself, checks, defaults,
-- deferrable and composite constraints, a lookup table that must not grow, and every type that can be loaded.
CREATE EXTENSION citext;

CREATE TYPE genre AS ENUM ('crime', 'poetry', 'science fiction');

CREATE TABLE author (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text   NOT NULL UNIQUE,
    name     text   NOT NULL
);

CREATE TABLE tag (
    id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text    NOT NULL UNIQUE
);

CREATE TABLE book (
    id        bigint        GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id  text          NOT NULL UNIQUE,
    title     varchar(40)   NOT NULL,
    genre     genre         NOT NULL DEFAULT 'crime',
    price     numeric(8, 2) CHECK (price >= 0),
    shelf     text,
    place     integer,
    isbn      text          UNIQUE DEFERRABLE INITIALLY DEFERRED,
    author_id bigint        NOT NULL REFERENCES author ON DELETE CASCADE,
    UNIQUE (shelf, place)
);

CREATE TABLE book_tag (
    book_id bigint  REFERENCES book ON DELETE CASCADE,
    tag_id  integer REFERENCES tag ON DELETE CASCADE,
    PRIMARY KEY (book_id, tag_id)
);

CREATE TABLE employee (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text   NOT NULL UNIQUE,
    boss_id  bigint REFERENCES employee ON DELETE SET NULL
);

CREATE TABLE every_type (
    mongo_id    text PRIMARY KEY,
    a_text      text,
    a_varchar   varchar(5),
    a_citext    citext,
    a_smallint  smallint,
    an_integer  integer,
    a_bigint    bigint,
    a_numeric   numeric,
    a_money     numeric(8, 2),
    a_real      real,
    a_double    double precision,
    a_boolean   boolean,
    an_instant  timestamptz,
    a_second    timestamptz(0),
    a_date      date,
    a_uuid      uuid,
    a_bytea     bytea,
    a_json      json,
    a_jsonb     jsonb,
    a_genre     genre
);
