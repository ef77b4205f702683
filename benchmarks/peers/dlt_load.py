"""Loads collections with dlt's verified source for MongoDB. Run in the folder that `dlt init mongodb postgres` made."""

import sys

import dlt
from mongodb import mongodb

mongo, database, postgres, disposition, pipelines, *collections = sys.argv[1:]
pipeline = dlt.pipeline(
    "peers", pipelines_dir=pipelines, destination=dlt.destinations.postgres(postgres), dataset_name="public"
)
source = mongodb(mongo, database, collection_names=collections, write_disposition=disposition, parallel=False)
# The format that dlt's documentation calls the fastest for PostgreSQL: COPY from CSV.
pipeline.run(source, loader_file_format="csv")
