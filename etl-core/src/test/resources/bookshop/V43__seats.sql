-- Documents that exchange what is unique: by a constraint without NULL, and by an index that is no constraint.
CREATE TABLE seat (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE,
    place integer NOT NULL UNIQUE,
    guest text,
    note text
);

CREATE UNIQUE INDEX seat_guest ON seat (guest);
