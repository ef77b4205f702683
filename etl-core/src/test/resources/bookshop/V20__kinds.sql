-- Arrays, and types whose values PostgreSQL makes of texts.
CREATE EXTENSION hstore;
CREATE EXTENSION ltree;
CREATE SCHEMA elsewhere;
CREATE TYPE elsewhere.colour AS ENUM ('red', 'light green');
CREATE TYPE address AS (street text, nr integer);
CREATE DOMAIN labels AS varchar(5)[] CHECK (cardinality(VALUE) < 4);
CREATE DOMAIN private_host AS inet CHECK (VALUE <<= '10.0.0.0/8');
CREATE DOMAIN short AS varchar(3);

CREATE TABLE kind (
    mongo_id            text PRIMARY KEY,
    some_texts          text[],
    some_codes          varchar(3)[],
    some_smallints      smallint[],
    some_integers       integer[],
    some_bigints        bigint[],
    some_numerics       numeric(5, 2)[],
    some_reals          real[],
    some_doubles        double precision[],
    some_booleans       boolean[],
    some_moments        timestamptz(0)[],
    some_clocks         timestamp[],
    some_days           date[],
    some_uuids          uuid[],
    some_bytes          bytea[],
    some_jsonbs         jsonb[],
    some_genres         genre[],
    some_words          citext[],
    some_hosts          inet[],
    some_labels         labels,
    some_shorts         short[],
    some_defaults       text[] NOT NULL DEFAULT '{none}',
    a_matrix            integer[][],
    a_matrix_of_texts   text[][],
    a_time              time,
    a_milli_time        time(3),
    a_timetz            timetz,
    an_interval         interval,
    a_whole_interval    interval(0),
    an_inet             inet,
    a_cidr              cidr,
    a_macaddr           macaddr,
    a_point             point,
    a_polygon           polygon,
    a_range             int4range,
    a_moment_range      tstzrange,
    a_multirange        int4multirange,
    a_bit               bit(3),
    a_varbit            varbit(5),
    an_hstore           hstore,
    an_ltree            ltree,
    an_xml              xml,
    a_money             money,
    an_oid              oid,
    a_name              name,
    a_letter            "char",
    a_tsvector          tsvector,
    a_jsonpath          jsonpath,
    a_class             regclass,
    a_colour            elsewhere.colour,
    an_address          address,
    a_host              private_host
);

CREATE TABLE kind_part (
    kind_mongo_id       text    NOT NULL REFERENCES kind (mongo_id),
    place               integer NOT NULL,
    host                inet,
    a_range             int4range,
    letters             text[],
    PRIMARY KEY (kind_mongo_id, place)
);

CREATE TABLE kind_subpart (
    kind_mongo_id       text    NOT NULL,
    place               integer NOT NULL,
    number              integer NOT NULL,
    a_time              time(0),
    length              interval NOT NULL DEFAULT '1 day',
    PRIMARY KEY (kind_mongo_id, place, number),
    FOREIGN KEY (kind_mongo_id, place) REFERENCES kind_part
);

-- Names that are keywords, or differ by case only; a parted table; an enum of another schema; a key that is an identity.
CREATE SCHEMA "Else Where";
CREATE TYPE "Else Where"."Mood" AS ENUM ('glad', 'so so');

CREATE TABLE "Order" (
    "select"            text    NOT NULL,
    "group"             bigint  GENERATED ALWAYS AS IDENTITY,
    "Value"             integer,
    value_              integer,
    "user"              "Else Where"."Mood",
    "end of""it"        inet,
    doubled             integer GENERATED ALWAYS AS (coalesce("Value", 0) * 2) STORED NOT NULL,
    PRIMARY KEY ("select")
) PARTITION BY HASH ("select");

CREATE TABLE order_even PARTITION OF "Order" FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE order_odd PARTITION OF "Order" FOR VALUES WITH (MODULUS 2, REMAINDER 1);
