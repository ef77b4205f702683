CREATE TABLE docrows.pending_document (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    collection text   NOT NULL,
    table_name text   NOT NULL,
    row_key    text   NOT NULL,
    document   bytea  NOT NULL,
    run_id     bigint NOT NULL REFERENCES docrows.run,
    UNIQUE (table_name, row_key)
);

CREATE INDEX pending_document_run_id_idx ON docrows.pending_document (run_id);

COMMENT ON TABLE docrows.pending_document IS 'Documents whose elements refer to rows that had not arrived yet; loaded once more when one of those does.';
COMMENT ON COLUMN docrows.pending_document.id IS 'Identity of the document here.';
COMMENT ON COLUMN docrows.pending_document.collection IS 'Name of the collection the document is in.';
COMMENT ON COLUMN docrows.pending_document.table_name IS 'Table with the document''s own row, as schema.table.';
COMMENT ON COLUMN docrows.pending_document.row_key IS 'Key of that row.';
COMMENT ON COLUMN docrows.pending_document.document IS 'The document as raw BSON.';
COMMENT ON COLUMN docrows.pending_document.run_id IS 'The run that met the document first as it is.';

CREATE TABLE docrows.pending_element (
    document_id    bigint NOT NULL REFERENCES docrows.pending_document ON DELETE CASCADE,
    table_name     text   NOT NULL,
    column_name    text   NOT NULL,
    referenced_key text   NOT NULL,
    PRIMARY KEY (document_id, table_name, column_name, referenced_key)
);

CREATE INDEX pending_element_referenced_key_idx
    ON docrows.pending_element (table_name, column_name, referenced_key);

COMMENT ON TABLE docrows.pending_element IS 'The references of elements to rows that had not arrived yet: the row of the element is not there, or its column is null, until they do.';
COMMENT ON COLUMN docrows.pending_element.document_id IS 'The document with the element.';
COMMENT ON COLUMN docrows.pending_element.table_name IS 'Table of the element''s row, as schema.table.';
COMMENT ON COLUMN docrows.pending_element.column_name IS 'Column with the reference.';
COMMENT ON COLUMN docrows.pending_element.referenced_key IS 'Key of the row that is waited for.';
