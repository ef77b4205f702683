ALTER TABLE docrows.checkpoint
    ADD COLUMN unmatched bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT checkpoint_unmatched_check CHECK (unmatched BETWEEN 0 AND skipped);

COMMENT ON COLUMN docrows.checkpoint.unmatched IS 'Of the documents skipped, those that no mapping of the collection takes.';

ALTER TABLE docrows.filled_table
    ADD COLUMN owned jsonb NOT NULL DEFAULT '{}',
    DROP CONSTRAINT filled_table_pkey,
    ADD PRIMARY KEY (table_name, pipeline, collection, owned);

COMMENT ON TABLE docrows.filled_table IS 'Which collections of which pipelines were loaded into which tables, and which of the rows are theirs.';
COMMENT ON COLUMN docrows.filled_table.owned IS 'The constants that tell the rows from those of others, by column; none if nothing does.';
