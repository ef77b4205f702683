CREATE TABLE users (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text   NOT NULL UNIQUE,
    created  timestamptz,
    updated  timestamptz,
    name     text   NOT NULL,
    email    text   UNIQUE
);

COMMENT ON TABLE users IS 'The people of the marketplace, from the MongoDB collection users.';
COMMENT ON COLUMN users.id IS 'Identity of the user.';
COMMENT ON COLUMN users.mongo_id IS 'The document''s _id as canonical text.';
COMMENT ON COLUMN users.created IS 'When the user signed up.';
COMMENT ON COLUMN users.updated IS 'When the user''s document was last changed.';
COMMENT ON COLUMN users.name IS 'Name, as shown to people.';
COMMENT ON COLUMN users.email IS 'E-mail address in lower case; null when none is known.';
