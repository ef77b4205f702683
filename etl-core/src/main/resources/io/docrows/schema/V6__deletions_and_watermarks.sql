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

ALTER TABLE docrows.checkpoint
    ADD COLUMN since             timestamptz,
    ADD COLUMN watermark         timestamptz,
    ADD COLUMN without_watermark bigint NOT NULL DEFAULT 0 CHECK (without_watermark >= 0),
    ADD COLUMN mapping_digest    text;

COMMENT ON COLUMN docrows.checkpoint.since IS
    'Only documents that were changed at or after this moment are read; null if all are.';
COMMENT ON COLUMN docrows.checkpoint.watermark IS
    'Highest value of the field that tells when a document was changed, among those read; null if there was none.';
COMMENT ON COLUMN docrows.checkpoint.without_watermark IS
    'Documents without a date in that field, which only a run that reads all can find.';
COMMENT ON COLUMN docrows.checkpoint.mapping_digest IS
    'Tells a mapping with that field from one that reads other fields: after a change of it all documents are read again.';
