ALTER TABLE docrows.follow
    ADD COLUMN source_time        bigint           NOT NULL DEFAULT 0,
    ADD COLUMN changes_per_second double precision NOT NULL DEFAULT 0,
    ADD COLUMN rows_per_second    double precision NOT NULL DEFAULT 0,
    ADD COLUMN rejected           bigint           NOT NULL DEFAULT 0;

COMMENT ON COLUMN docrows.follow.source_time IS 'What time it was by the source when the position was stored, as a BSON timestamp; 0 before the first.';
COMMENT ON COLUMN docrows.follow.changes_per_second IS 'How fast changes were applied lately, when the position was stored.';
COMMENT ON COLUMN docrows.follow.rows_per_second IS 'How fast rows were written lately, when the position was stored.';
COMMENT ON COLUMN docrows.follow.rejected IS 'Documents that were rejected since following began, each as often as it was.';
