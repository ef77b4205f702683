-- Rows that a bulk load has to number, to default and to refer to in ways of their own.
CREATE TABLE beacon (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id  text        NOT NULL UNIQUE,
    public_id uuid        NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    host      inet        NOT NULL DEFAULT '127.0.0.1/8',
    name      text        NOT NULL DEFAULT 'Ærø',
    hosts     inet[]      NOT NULL DEFAULT '{::1,NULL}',
    valid_to  timestamptz NOT NULL DEFAULT 'infinity',
    seen      timestamp   NOT NULL DEFAULT '-infinity',
    until     date        NOT NULL DEFAULT 'infinity',
    shut      time        NOT NULL DEFAULT '24:00',
    height    numeric(8, 2) NOT NULL DEFAULT 'NaN',
    watts     bigint      NOT NULL DEFAULT 1
);

-- Narrower than what it refers to.
CREATE TABLE beacon_flash (
    beacon_id integer NOT NULL REFERENCES beacon,
    place     integer NOT NULL,
    seconds   integer,
    PRIMARY KEY (beacon_id, place)
);

CREATE TABLE beacon_colour (
    beacon integer REFERENCES beacon,
    tag    bigint  REFERENCES tag,
    PRIMARY KEY (beacon, tag)
);

-- Refers to a column that may have taken its default.
CREATE TABLE beacon_remark (
    public_id uuid    NOT NULL REFERENCES beacon (public_id),
    place     integer NOT NULL,
    remark    text,
    PRIMARY KEY (public_id, place)
);
