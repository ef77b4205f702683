CREATE TABLE docrows.run (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pipeline   text        NOT NULL,
    source     text        NOT NULL,
    status     text        NOT NULL CHECK (status IN ('running', 'completed', 'interrupted', 'failed')),
    started    timestamptz NOT NULL DEFAULT now(),
    finished   timestamptz,
    error_code text,
    resumable  boolean     NOT NULL DEFAULT true,
    owner      uuid        NOT NULL
);

CREATE INDEX run_pipeline_idx ON docrows.run (pipeline, id);

COMMENT ON TABLE docrows.run IS 'Every run of every pipeline, the latest with the highest id.';
COMMENT ON COLUMN docrows.run.id IS 'Identity of the run, in the order of their starts.';
COMMENT ON COLUMN docrows.run.pipeline IS 'Name of the pipeline that ran.';
COMMENT ON COLUMN docrows.run.source IS 'Where the documents came from, without credentials.';
COMMENT ON COLUMN docrows.run.status IS 'running (or cut off before it could say more), completed, interrupted on request, or failed.';
COMMENT ON COLUMN docrows.run.started IS 'When the run started.';
COMMENT ON COLUMN docrows.run.finished IS 'When the run ended; null while it runs, and when it was cut off.';
COMMENT ON COLUMN docrows.run.error_code IS 'Code of the error that ended a failed run.';

COMMENT ON COLUMN docrows.run.resumable IS
    'False for a run over chosen documents only, on which no other run goes on';

COMMENT ON COLUMN docrows.run.owner IS
    'The process at work on the run. One that was taken for dead finds another here and can commit nothing more';

CREATE TABLE docrows.checkpoint (
    run_id     bigint  NOT NULL REFERENCES docrows.run ON DELETE CASCADE,
    collection text    NOT NULL,
    partition  integer NOT NULL,
    spec       bytea   NOT NULL,
    position   bytea,
    complete   boolean NOT NULL DEFAULT false,
    read       bigint  NOT NULL DEFAULT 0,
    inserted   bigint  NOT NULL DEFAULT 0,
    updated    bigint  NOT NULL DEFAULT 0,
    unchanged  bigint  NOT NULL DEFAULT 0,
    rejected   bigint  NOT NULL DEFAULT 0,
    skipped    bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (run_id, collection, partition),
    CONSTRAINT checkpoint_accounts_for_all CHECK (read = inserted + updated + unchanged + rejected + skipped)
);

COMMENT ON TABLE docrows.checkpoint IS 'How far a run came in each partition of each collection; written in the transaction of every batch.';
COMMENT ON COLUMN docrows.checkpoint.run_id IS 'The run.';
COMMENT ON COLUMN docrows.checkpoint.collection IS 'Name of the collection.';
COMMENT ON COLUMN docrows.checkpoint.partition IS 'Number of the partition within its collection, from 0.';
COMMENT ON COLUMN docrows.checkpoint.spec IS 'The partition itself, serialised, so that a later run reads the same part.';
COMMENT ON COLUMN docrows.checkpoint.position IS 'Where to go on reading; null while nothing was read.';
COMMENT ON COLUMN docrows.checkpoint.complete IS 'Whether the partition was read to its end.';
COMMENT ON COLUMN docrows.checkpoint.read IS 'Documents read: the sum of the five that follow.';
COMMENT ON COLUMN docrows.checkpoint.inserted IS 'Documents that became a new row.';
COMMENT ON COLUMN docrows.checkpoint.updated IS 'Documents that changed a row.';
COMMENT ON COLUMN docrows.checkpoint.unchanged IS 'Documents whose row was already right.';
COMMENT ON COLUMN docrows.checkpoint.rejected IS 'Documents that went to docrows.reject.';
COMMENT ON COLUMN docrows.checkpoint.skipped IS 'Documents that were passed over on purpose, such as all but the last of one key in a batch.';

CREATE TABLE docrows.reject (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pipeline     text        NOT NULL,
    collection   text        NOT NULL,
    document_key text        NOT NULL,
    code         text        NOT NULL,
    path         text,
    bson_type    text,
    column_name  text,
    sqlstate     text,
    detail       text,
    document     bytea       NOT NULL,
    run_id       bigint      NOT NULL REFERENCES docrows.run,
    last_run_id  bigint      NOT NULL REFERENCES docrows.run,
    rejected     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (pipeline, collection, document_key)
);

CREATE INDEX reject_run_id_idx ON docrows.reject (run_id);
CREATE INDEX reject_last_run_id_idx ON docrows.reject (last_run_id);

COMMENT ON TABLE docrows.reject IS 'Documents that could not become rows, byte for byte, with the reason.';
COMMENT ON COLUMN docrows.reject.id IS 'Identity of the reject.';
COMMENT ON COLUMN docrows.reject.pipeline IS 'Name of the pipeline that rejected the document.';
COMMENT ON COLUMN docrows.reject.collection IS 'Name of the collection the document is in.';
COMMENT ON COLUMN docrows.reject.document_key IS 'The document''s _id as canonical text, or sha256: and the hash of its bytes when it has no readable _id.';
COMMENT ON COLUMN docrows.reject.code IS 'Stable code of the reason.';
COMMENT ON COLUMN docrows.reject.path IS 'Path of the field within the document.';
COMMENT ON COLUMN docrows.reject.bson_type IS 'BSON type found at the path.';
COMMENT ON COLUMN docrows.reject.column_name IS 'Column the value was meant for, as schema.table.column.';
COMMENT ON COLUMN docrows.reject.sqlstate IS 'SQLSTATE, when PostgreSQL refused the row.';
COMMENT ON COLUMN docrows.reject.detail IS 'The reason in words.';
COMMENT ON COLUMN docrows.reject.document IS 'The document as raw BSON.';
COMMENT ON COLUMN docrows.reject.run_id IS 'The run that rejected the document first.';
COMMENT ON COLUMN docrows.reject.last_run_id IS 'The run that rejected the document last.';
COMMENT ON COLUMN docrows.reject.rejected IS 'When the document was rejected first.';

CREATE TABLE docrows.pending_reference (
    table_name     text   NOT NULL,
    column_name    text   NOT NULL,
    row_key        text   NOT NULL,
    referenced_key text   NOT NULL,
    run_id         bigint NOT NULL REFERENCES docrows.run,
    PRIMARY KEY (table_name, column_name, row_key)
);

CREATE INDEX pending_reference_referenced_key_idx
    ON docrows.pending_reference (table_name, column_name, referenced_key);
CREATE INDEX pending_reference_run_id_idx ON docrows.pending_reference (run_id);

COMMENT ON TABLE docrows.pending_reference IS 'References to rows that had not arrived yet: the column is null until they do.';
COMMENT ON COLUMN docrows.pending_reference.table_name IS 'Table with the reference, as schema.table.';
COMMENT ON COLUMN docrows.pending_reference.column_name IS 'Column with the reference.';
COMMENT ON COLUMN docrows.pending_reference.row_key IS 'Key of the row that waits.';
COMMENT ON COLUMN docrows.pending_reference.referenced_key IS 'Key of the row that is waited for.';
COMMENT ON COLUMN docrows.pending_reference.run_id IS 'The run that met the reference.';
