CREATE TABLE skills (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text   NOT NULL UNIQUE
);

COMMENT ON TABLE skills IS 'What people offer on the marketplace: a reference list that grows with the users'' own words.';
COMMENT ON COLUMN skills.id IS 'Identity of the skill.';
COMMENT ON COLUMN skills.name IS 'Name of the profession or skill, as shown to people.';
