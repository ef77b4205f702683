-- A lookup table whose ids are no numbers, and a join table that no index leads into from the mapped table's side.
CREATE TABLE award (
    id   uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE author_award (
    award_id  uuid   REFERENCES award ON DELETE CASCADE,
    author_id bigint REFERENCES author ON DELETE CASCADE,
    PRIMARY KEY (award_id, author_id)
);
