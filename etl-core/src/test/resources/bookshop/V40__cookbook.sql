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

CREATE TABLE cart (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE
);

CREATE TABLE cart_item (
    cart_id  bigint  NOT NULL REFERENCES cart,
    line     integer NOT NULL,
    sku      text    NOT NULL,
    quantity integer NOT NULL DEFAULT 1,
    price    numeric(10, 2),
    PRIMARY KEY (cart_id, line)
);

CREATE TABLE course (
    name text PRIMARY KEY
);

CREATE TABLE course_class (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    course text NOT NULL REFERENCES course,
    code   text NOT NULL,
    UNIQUE (course, code)
);

CREATE TABLE score (
    class_id bigint NOT NULL REFERENCES course_class,
    student  text   NOT NULL,
    points   double precision NOT NULL,
    PRIMARY KEY (class_id, student)
);

CREATE TABLE offer (
    mongo_id text PRIMARY KEY
);

CREATE TABLE offer_price (
    offer    text    NOT NULL REFERENCES offer,
    currency text    NOT NULL,
    amount   numeric NOT NULL,
    PRIMARY KEY (offer, currency)
);

CREATE TABLE client (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE,
    name     text NOT NULL
);

CREATE TABLE client_address (
    client_id bigint PRIMARY KEY REFERENCES client,
    street    text,
    city      text NOT NULL
);

CREATE TABLE board (
    mongo_id text PRIMARY KEY
);

CREATE TABLE board_tag (
    board text    NOT NULL REFERENCES board,
    place integer NOT NULL,
    tag   text    NOT NULL,
    PRIMARY KEY (board, place)
);

CREATE TABLE board_row (
    board text    NOT NULL REFERENCES board,
    y     integer NOT NULL,
    PRIMARY KEY (board, y)
);

CREATE TABLE board_cell (
    board text    NOT NULL,
    y     integer NOT NULL,
    x     integer NOT NULL,
    value double precision NOT NULL,
    PRIMARY KEY (board, y, x),
    FOREIGN KEY (board, y) REFERENCES board_row
);

CREATE TABLE guest (
    name text PRIMARY KEY
);

CREATE TABLE acquaintance (
    guest  text NOT NULL REFERENCES guest,
    other  text NOT NULL REFERENCES guest,
    since  integer,
    PRIMARY KEY (guest, other)
);

CREATE TABLE nation (
    id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE city (
    mongo_id  text PRIMARY KEY,
    nation_id integer REFERENCES nation
);

CREATE TABLE bill (
    shop  integer NOT NULL,
    nr    bigint  NOT NULL,
    total numeric,
    PRIMARY KEY (shop, nr)
);

CREATE TABLE bill_line (
    shop integer NOT NULL,
    nr   bigint  NOT NULL,
    line integer NOT NULL,
    text text    NOT NULL,
    PRIMARY KEY (shop, nr, line),
    FOREIGN KEY (shop, nr) REFERENCES bill
);

CREATE TABLE film (
    mongo_id text PRIMARY KEY,
    title    text NOT NULL,
    minutes  integer
);

CREATE TABLE album (
    mongo_id text PRIMARY KEY,
    title    text NOT NULL
);

CREATE TABLE album_track (
    album text    NOT NULL REFERENCES album,
    nr    integer NOT NULL,
    title text    NOT NULL,
    PRIMARY KEY (album, nr)
);

CREATE TABLE party (
    kind     text NOT NULL CHECK (kind IN ('customer', 'supplier')),
    mongo_id text NOT NULL,
    name     text NOT NULL,
    PRIMARY KEY (kind, mongo_id)
);

CREATE TABLE party_phone (
    kind     text    NOT NULL,
    mongo_id text    NOT NULL,
    place    integer NOT NULL,
    number   text    NOT NULL,
    PRIMARY KEY (kind, mongo_id, place),
    FOREIGN KEY (kind, mongo_id) REFERENCES party
);
