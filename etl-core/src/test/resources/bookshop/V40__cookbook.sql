-- The tables of docs/cookbook.md.
CREATE TABLE person (
    mongo_id text PRIMARY KEY,
    email    text,
    name     text NOT NULL
);

CREATE TABLE payment (
    mongo_id text PRIMARY KEY,
    amount   numeric(12, 2),
    paid     boolean NOT NULL,
    at       timestamptz,
    code     text
);

CREATE TABLE opening (
    mongo_id text PRIMARY KEY,
    day      date,
    opens    time,
    changed  timestamp
);

CREATE TABLE article (
    mongo_id text PRIMARY KEY,
    name     text NOT NULL,
    height   integer,
    extra    jsonb NOT NULL
);

CREATE TABLE place (
    mongo_id  text PRIMARY KEY,
    longitude double precision,
    latitude  double precision,
    photo     text,
    photos    integer,
    tags      text[] NOT NULL
);

CREATE TABLE device (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE,
    serial   uuid,
    replaces bigint REFERENCES device
);

-- Those of the examples in docs/mapping.md.
CREATE TABLE subscriber (
    mongo_id text PRIMARY KEY,
    email    text,
    name     text,
    phone    text,
    city     text,
    visits   integer,
    origin   text NOT NULL,
    extra    jsonb
);

CREATE TABLE delivery (
    mongo_id     text PRIMARY KEY,
    amount       numeric(12, 2),
    placed_at    timestamptz,
    delivered_on date,
    opens_at     time,
    paid         boolean,
    code         text,
    token        uuid,
    settings     jsonb
);
