CREATE TABLE docrows.filled_table (
    table_name text NOT NULL,
    pipeline   text NOT NULL,
    collection text NOT NULL,
    PRIMARY KEY (table_name, pipeline, collection)
);

COMMENT ON TABLE docrows.filled_table IS 'Which collections of which pipelines were loaded into which tables: only a table of one of them has rows that are surely its own.';
COMMENT ON COLUMN docrows.filled_table.table_name IS 'The table, as schema.table.';
COMMENT ON COLUMN docrows.filled_table.pipeline IS 'Name of the pipeline.';
COMMENT ON COLUMN docrows.filled_table.collection IS 'Name of the collection.';

CREATE TABLE docrows.key_claim (
    table_name    text  NOT NULL,
    collection    text  NOT NULL,
    row_hash      bytea NOT NULL,
    document_hash bytea NOT NULL,
    PRIMARY KEY (table_name, collection, row_hash)
);

CREATE INDEX key_claim_document_idx ON docrows.key_claim (table_name, collection, document_hash);

COMMENT ON TABLE docrows.key_claim IS 'Which document each row belongs to, for tables whose key does not tell: it is not the _id, or the column holds keys equal that differ.';
COMMENT ON COLUMN docrows.key_claim.table_name IS 'The table, as schema.table.';
COMMENT ON COLUMN docrows.key_claim.collection IS 'Name of the collection.';
COMMENT ON COLUMN docrows.key_claim.row_hash IS 'SHA-256 of the row''s key as text.';
COMMENT ON COLUMN docrows.key_claim.document_hash IS 'SHA-256 of the document''s _id as canonical text.';
