CREATE TABLE docrows.follow (
    pipeline    text        PRIMARY KEY,
    source      text        NOT NULL,
    collections text[]      NOT NULL,
    position    bytea       NOT NULL,
    reached     bigint      NOT NULL DEFAULT 0,
    loaded      boolean     NOT NULL DEFAULT false,
    after_run   bigint      NOT NULL,
    changes     bigint      NOT NULL DEFAULT 0,
    stored      timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE docrows.follow IS 'Where each pipeline that follows its source stands in the changes.';
COMMENT ON COLUMN docrows.follow.pipeline IS 'Name of the pipeline.';
COMMENT ON COLUMN docrows.follow.source IS 'Where the changes come from, without credentials.';
COMMENT ON COLUMN docrows.follow.collections IS 'The collections that are followed, sorted.';
COMMENT ON COLUMN docrows.follow.position IS 'Behind which change to go on, as the source calls it: a resume token.';
COMMENT ON COLUMN docrows.follow.reached IS 'Up to which moment changes are in the tables, as a BSON timestamp; 0 before the first.';
COMMENT ON COLUMN docrows.follow.loaded IS 'Whether everything was loaded since the first position was taken.';
COMMENT ON COLUMN docrows.follow.after_run IS 'The last run before that; only later ones have read everything since.';
COMMENT ON COLUMN docrows.follow.changes IS 'Changes that were applied since, each as often as it was told.';
COMMENT ON COLUMN docrows.follow.stored IS 'When the position was stored last.';

CREATE TABLE docrows.kept_document (
    pipeline    text  NOT NULL,
    collection  text  NOT NULL,
    document_id bytea NOT NULL
);

CREATE INDEX kept_document_pipeline_idx ON docrows.kept_document (pipeline, collection);

COMMENT ON TABLE docrows.kept_document IS 'Documents that are gone while a row of theirs stays, because others refer to it: it goes when they do.';
COMMENT ON COLUMN docrows.kept_document.pipeline IS 'Name of the pipeline.';
COMMENT ON COLUMN docrows.kept_document.collection IS 'Name of the collection.';
COMMENT ON COLUMN docrows.kept_document.document_id IS 'The _id, in a BSON document of its own.';
