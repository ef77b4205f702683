CREATE TYPE genre AS ENUM ('novel', 'poetry', 'science');

-- Filled on the way: a book brings the name of its publisher.
CREATE TABLE publishers (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE books (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id     text NOT NULL UNIQUE,
    title        text NOT NULL,
    genre        genre NOT NULL,
    publisher_id bigint REFERENCES publishers,
    published    date,
    keywords     text[]
);

CREATE INDEX ON books (publisher_id);

CREATE TABLE book_authors (
    book_id  bigint NOT NULL REFERENCES books,
    position integer NOT NULL,
    name     text NOT NULL,
    born     integer,
    PRIMARY KEY (book_id, position)
);

CREATE TABLE book_prices (
    book_id  bigint NOT NULL REFERENCES books,
    currency text NOT NULL,
    amount   numeric(10, 2) NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (book_id, currency)
);
