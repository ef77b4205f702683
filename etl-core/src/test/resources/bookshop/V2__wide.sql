-- Every type that a column can be loaded into, in every form that has limits of its own, on one wide table with a
-- reference and a join table. Arrays, and types whose values PostgreSQL makes of texts, are on another one.
CREATE DOMAIN amount AS numeric(8, 2);
CREATE DOMAIN moment AS timestamptz(3);
CREATE DOMAIN code AS varchar(4);

CREATE TABLE wide (
    id              bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id        text         NOT NULL UNIQUE,
    a_text          text,
    a_varchar       varchar(5),
    a_char          char(3),
    a_citext        citext,
    a_smallint      smallint,
    an_integer      integer,
    a_bigint        bigint,
    a_numeric       numeric,
    a_price         numeric(8, 2),
    a_whole         numeric(5),
    a_fine          numeric(38, 20),
    a_real          real,
    a_double        double precision,
    a_boolean       boolean,
    a_timestamptz   timestamptz,
    a_tenth_tz      timestamptz(1),
    a_second_tz     timestamptz(0),
    a_timestamp     timestamp,
    a_second        timestamp(0),
    a_date          date,
    a_uuid          uuid,
    a_bytea         bytea,
    a_json          json,
    a_jsonb         jsonb,
    a_genre         genre,
    an_amount       amount,
    a_moment        moment,
    a_code          code,
    a_default       text         NOT NULL DEFAULT 'none',
    parent_id       bigint       REFERENCES wide ON DELETE SET NULL
);

CREATE TABLE wide_tag (
    wide_id bigint  REFERENCES wide ON DELETE CASCADE,
    tag_id  integer REFERENCES tag ON DELETE CASCADE,
    PRIMARY KEY (wide_id, tag_id)
);
