"""The documents, as the generator wrote them, on their way into the source; and as the tables are compared with them."""

import datetime
import uuid
from decimal import Decimal

import bson
import pymongo
from bson.raw_bson import RawBSONDocument

COLLECTIONS = ("users", "gigs")
DATABASE = "market"
MIXED = "mixed"

# One user or gig in so many is deleted in the end.
DELETED_ONE_IN = 100


def read(dump, collection, raw=False):
    options = bson.CodecOptions(document_class=RawBSONDocument if raw else dict, tz_aware=True)
    with open(f"{dump}/{collection}.bson", "rb") as file:
        yield from bson.decode_file_iter(file, options)


def fill(client, dump, deleted=False):
    """Replaces what the source holds by a dump; without some of the documents, on demand."""
    for collection in COLLECTIONS:
        documents = read(dump, collection, raw=True)
        if deleted:
            documents = (document for number, document in enumerate(documents) if number % DELETED_ONE_IN)
        _replace(client[DATABASE], collection, documents)


def fill_mixed(client, number=500):
    """Users with four types of _id, as many of each, as after a change of framework."""
    created = datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    documents = [
        {"_id": key, "name": f"Person {i}", "created": created}
        for i in range(number)
        for key in (
            bson.ObjectId(f"5f{i:022x}"),
            i,
            f"{i}-key",
            bson.Binary.from_uuid(uuid.UUID(int=i + 1)),
        )
    ]
    _replace(client[MIXED], "users", documents)
    # Some tools fail where a collection is not there.
    _replace(client[MIXED], "gigs", [{"_id": bson.ObjectId(), "title": "Mow a lawn", "state": "done"}])
    return len(documents)


def _replace(database, collection, documents):
    if collection in database.list_collection_names():
        database.drop_collection(collection)
    batch = []
    for document in documents:
        batch.append(document)
        if len(batch) == 2000:
            database[collection].insert_many(batch)
            batch = []
    if batch:
        database[collection].insert_many(batch)


def warm(client):
    """Reads everything once: whoever comes first would pay for the start of the source otherwise."""
    for collection in COLLECTIONS:
        for _ in client[DATABASE].get_collection(collection).find(batch_size=1000):
            pass


def connect(uri):
    return pymongo.MongoClient(uri, uuidRepresentation="standard", tz_aware=True)


def expected(dump, deleted=False):
    """For each collection, documents by _id, in plain Python values."""
    content = {}
    for collection in COLLECTIONS:
        content[collection] = {
            str(document["_id"]): {name: plain(value) for name, value in document.items() if name != "_id"}
            for number, document in enumerate(read(dump, collection))
            if not deleted or number % DELETED_ONE_IN
        }
    return content


def plain(value):
    """A value in the one form in which both sides are compared: types may differ, values may not."""
    if isinstance(value, datetime.datetime):
        return round(value.timestamp() * 1000)
    if isinstance(value, bson.Decimal128):
        return value.to_decimal().normalize()
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return Decimal(str(value)).normalize()
    if isinstance(value, bson.ObjectId):
        return str(value)
    if isinstance(value, list):
        return [plain(element) for element in value]
    return value
