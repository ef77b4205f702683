-- A claim is taken again by the first document that comes with the key.
TRUNCATE docrows.key_claim;

ALTER TABLE docrows.key_claim ADD COLUMN row_key text[] NOT NULL;

COMMENT ON COLUMN docrows.key_claim.row_key IS 'The row''s key, each column as text.';
COMMENT ON COLUMN docrows.key_claim.document_hash IS 'SHA-256 of the document''s _id as canonical text; empty if the document is gone, or has another key now, and the row is still there.';
