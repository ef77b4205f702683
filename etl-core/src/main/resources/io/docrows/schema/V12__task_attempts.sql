ALTER TABLE docrows.checkpoint ADD COLUMN attempt integer NOT NULL DEFAULT 0;

COMMENT ON COLUMN docrows.checkpoint.attempt IS 'How often the partition was taken over by a task of a cluster; earlier attempts commit nothing more.';
