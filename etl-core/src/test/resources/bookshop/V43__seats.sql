-- Documents that exchange what is unique: by a constraint without NULL, and by an index that is no constraint.
CREATE TABLE seat (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE,
    place integer NOT NULL UNIQUE,
    guest text,
    note text
);

CREATE UNIQUE INDEX seat_guest ON seat (guest);

CREATE DOMAIN pieces AS integer NOT NULL DEFAULT 2;

-- Rows known by their position, with defaults of types that have a scale, a length, or a domain.
CREATE TABLE seat_extra (
    seat_id bigint NOT NULL REFERENCES seat,
    nr integer NOT NULL,
    name text,
    price numeric(10, 2) NOT NULL DEFAULT 0,
    code char(3) NOT NULL DEFAULT 'x',
    amount pieces NOT NULL,
    tags text[] NOT NULL DEFAULT '{}',
    since timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (seat_id, nr)
);
