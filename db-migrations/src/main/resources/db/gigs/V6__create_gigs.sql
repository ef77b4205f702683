CREATE TABLE gigs (
    id          bigint    GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id    text      NOT NULL UNIQUE,
    created     timestamptz,
    updated     timestamptz,
    title       text,
    description text,
    state       gig_state NOT NULL,
    budget      numeric,
    poster_id   bigint    REFERENCES users ON DELETE SET NULL
);

CREATE INDEX gigs_poster_id_idx ON gigs (poster_id);

COMMENT ON TABLE gigs IS 'The jobs on offer, from the MongoDB collection gigs.';
COMMENT ON COLUMN gigs.id IS 'Identity of the gig.';
COMMENT ON COLUMN gigs.mongo_id IS 'The document''s _id as canonical text.';
COMMENT ON COLUMN gigs.created IS 'When the gig was posted.';
COMMENT ON COLUMN gigs.updated IS 'When the gig''s document was last changed.';
COMMENT ON COLUMN gigs.title IS 'Headline of the offer.';
COMMENT ON COLUMN gigs.description IS 'What is to be done.';
COMMENT ON COLUMN gigs.state IS 'How far the gig has come.';
COMMENT ON COLUMN gigs.budget IS 'What the poster is ready to pay.';
COMMENT ON COLUMN gigs.poster_id IS 'The user who posted the gig; null when none is known.';
