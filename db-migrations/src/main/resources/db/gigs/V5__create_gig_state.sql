CREATE TYPE gig_state AS ENUM ('cancelled', 'done', 'in_progress', 'unstarted');

COMMENT ON TYPE gig_state IS 'How far a gig has come.';
