CREATE TABLE users_skills (
    user_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    skill_id bigint NOT NULL REFERENCES skills ON DELETE CASCADE,
    PRIMARY KEY (user_id, skill_id)
);

-- The primary key finds the skills of a user; this finds the users of a skill, also when a skill is deleted.
CREATE INDEX users_skills_skill_id_idx ON users_skills (skill_id);

COMMENT ON TABLE users_skills IS 'Which user has which skills.';
COMMENT ON COLUMN users_skills.user_id IS 'The user.';
COMMENT ON COLUMN users_skills.skill_id IS 'The skill.';
