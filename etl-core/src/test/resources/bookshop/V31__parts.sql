-- Rows below a document that are unique in more ways than by their identity: elements that swap collide on the way.
CREATE TABLE parcel (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE,
    name text
);

CREATE TABLE parcel_label (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parcel_id bigint NOT NULL REFERENCES parcel,
    place integer NOT NULL,
    code text NOT NULL,
    serial integer UNIQUE,
    copies integer NOT NULL DEFAULT 1,
    UNIQUE (parcel_id, place),
    UNIQUE (parcel_id, code)
);

CREATE TABLE label_stamp (
    label_id bigint NOT NULL REFERENCES parcel_label,
    nr integer NOT NULL,
    ink text,
    PRIMARY KEY (label_id, nr),
    UNIQUE (label_id, ink)
);

-- Parts made of parts: rows below a document that lead to other documents of its collection, and to a lookup table.
CREATE TABLE unit (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE part (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE,
    name text
);

CREATE TABLE part_use (
    part_id bigint NOT NULL REFERENCES part,
    line integer NOT NULL,
    used_id bigint REFERENCES part,
    unit_id integer REFERENCES unit,
    amount integer,
    PRIMARY KEY (part_id, line)
);

-- A document that leads to a row below another document, and to a lookup table that others fill.
CREATE TABLE dispatch (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE,
    label_id bigint REFERENCES parcel_label ON DELETE SET NULL,
    unit_id integer REFERENCES unit
);
