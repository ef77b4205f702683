CREATE TABLE docrows.policy_use (
    run_id      bigint  NOT NULL,
    collection  text    NOT NULL,
    partition   integer NOT NULL,
    column_name text    NOT NULL,
    path        text    NOT NULL,
    policy      text    NOT NULL,
    uses        bigint  NOT NULL CHECK (uses > 0),
    PRIMARY KEY (run_id, collection, partition, column_name, path, policy),
    FOREIGN KEY (run_id, collection, partition) REFERENCES docrows.checkpoint ON DELETE CASCADE
);

COMMENT ON TABLE docrows.policy_use IS 'How often a column''s policy changed a value instead of rejecting its document; written in the transaction of every batch that has such values.';
COMMENT ON COLUMN docrows.policy_use.run_id IS 'The run.';
COMMENT ON COLUMN docrows.policy_use.collection IS 'Name of the collection.';
COMMENT ON COLUMN docrows.policy_use.partition IS 'Number of the partition within its collection, from 0.';
COMMENT ON COLUMN docrows.policy_use.column_name IS 'Column the value went to, as schema.table.column.';
COMMENT ON COLUMN docrows.policy_use.path IS 'Path of the field within the document.';
COMMENT ON COLUMN docrows.policy_use.policy IS 'The policy, by the name of the method that chooses it.';
COMMENT ON COLUMN docrows.policy_use.uses IS 'Values of documents that were loaded, inserted, updated or unchanged; those of rejected documents are not counted.';
