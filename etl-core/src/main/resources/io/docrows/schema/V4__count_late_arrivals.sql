COMMENT ON COLUMN docrows.checkpoint.partition IS
    'Number of the partition within its collection, from 0; -1 for what became, at the end of the run, of documents that had been rejected because what they refer to was missing: added to the partitions'' counts, it gives the run''s';
