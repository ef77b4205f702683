CREATE TABLE docrows.deletion (
    run_id     bigint NOT NULL REFERENCES docrows.run ON DELETE CASCADE,
    collection text   NOT NULL,
    deleted    bigint NOT NULL CHECK (deleted >= 0),
    kept       bigint NOT NULL CHECK (kept >= 0),
    PRIMARY KEY (run_id, collection)
);

COMMENT ON TABLE docrows.deletion IS 'Rows that a run removed, or marked, because their document is gone.';
COMMENT ON COLUMN docrows.deletion.run_id IS 'The run.';
COMMENT ON COLUMN docrows.deletion.collection IS 'Name of the collection.';
COMMENT ON COLUMN docrows.deletion.deleted IS 'Rows removed or marked.';
COMMENT ON COLUMN docrows.deletion.kept IS 'Rows left, although their document is gone, because other rows refer to them.';

ALTER TABLE docrows.run ADD COLUMN incremental boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN docrows.run.incremental IS
    'True for a run that read only what had changed since the last completed one';

ALTER TABLE docrows.checkpoint
    ADD COLUMN watermark         bytea,
    ADD COLUMN without_watermark bigint NOT NULL DEFAULT 0;

COMMENT ON COLUMN docrows.checkpoint.watermark IS
    'Highest value of the field that tells when a document changed, as a BSON document, so that its type is kept.';
COMMENT ON COLUMN docrows.checkpoint.without_watermark IS
    'Documents without that field, which only a full run can find.';
