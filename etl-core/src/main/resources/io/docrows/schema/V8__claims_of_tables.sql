-- A claim is taken again by the first document that comes with the key.
TRUNCATE docrows.key_claim;

ALTER TABLE docrows.key_claim
    DROP CONSTRAINT key_claim_pkey,
    ADD COLUMN column_name text NOT NULL,
    ADD PRIMARY KEY (table_name, column_name, row_hash);

COMMENT ON COLUMN docrows.key_claim.column_name IS 'The column with the key: a row has one owner by each.';
COMMENT ON COLUMN docrows.key_claim.collection IS 'Name of the collection that the document is in.';
