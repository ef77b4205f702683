CREATE TABLE docrows.deferred_constraint (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pipeline   text        NOT NULL,
    run_id     bigint      NOT NULL REFERENCES docrows.run,
    table_name text        NOT NULL,
    name       text        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('index', 'unique', 'primary key', 'foreign key')),
    columns    text[]      NOT NULL,
    statements text[]      NOT NULL,
    deferred   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (table_name, name)
);

CREATE INDEX deferred_constraint_run_id_idx ON docrows.deferred_constraint (run_id);

COMMENT ON TABLE docrows.deferred_constraint IS
    'Constraints and indexes that were dropped for a first load and wait to be rebuilt; a row goes with the rebuilding of its object.';
COMMENT ON COLUMN docrows.deferred_constraint.id IS 'Identity of the entry.';
COMMENT ON COLUMN docrows.deferred_constraint.pipeline IS 'Name of the pipeline that loads the table.';
COMMENT ON COLUMN docrows.deferred_constraint.run_id IS 'The run that dropped the object.';
COMMENT ON COLUMN docrows.deferred_constraint.table_name IS 'Table as schema.table, quoted where need be.';
COMMENT ON COLUMN docrows.deferred_constraint.name IS 'Name of the constraint or index.';
COMMENT ON COLUMN docrows.deferred_constraint.kind IS 'What it is.';
COMMENT ON COLUMN docrows.deferred_constraint.columns IS 'Names of its columns; for a foreign key those of the referring table.';
COMMENT ON COLUMN docrows.deferred_constraint.statements IS 'What rebuilds it, in this order, in one transaction.';
COMMENT ON COLUMN docrows.deferred_constraint.deferred IS 'When it was dropped.';

ALTER TABLE docrows.checkpoint ADD COLUMN reread boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN docrows.checkpoint.reread IS
    'Whether these documents are read once more because a rebuilt constraint refused the rows they had become.';
