package io.docrows.crash;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.MissingReference.PENDING;
import static io.docrows.mapping.Values.constant;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.Feed.COMMENT;
import static io.docrows.testing.Feed.ENTRY;
import static io.docrows.testing.Feed.ENTRY_LINE;
import static io.docrows.testing.Feed.LABEL;
import static io.docrows.testing.Feed.NOTE;
import static io.docrows.testing.Feed.NOTE_PART;
import static io.docrows.testing.Feed.POST;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.mapping.CollectionMapping;
import io.docrows.source.dump.DumpWriter;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import io.docrows.testing.Feed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * A dump of a feed of any size, from a seed: documents of several kinds in one collection, some of which refer to
 * others of it, and two more collections whose documents have rows of their own in a table of all; and what a target
 * holds of it.
 */
final class Feeds {

    private static final String[] KINDS = {"post", "comment", "answer", "like"};

    private Feeds() {}

    static Pipeline pipeline() {
        return Docrows.pipeline(
                "feed",
                CollectionMapping.of("feed", COMMENT)
                        .where(field("type").isOneOf("comment", "answer"))
                        .key(COMMENT.mongoId, id("_id"))
                        .map(COMMENT.body, string("body"))
                        .reference(COMMENT.postId, id("post"), POST.mongoId, PENDING)
                        .build(),
                CollectionMapping.of("feed", POST)
                        .where(field("type").is("post"))
                        .key(POST.mongoId, id("_id"))
                        .map(POST.title, string("title"))
                        .map(POST.views, int32("views"))
                        .build(),
                entries("feed", "shown"),
                entries("memos", "memo"),
                notes("memos"),
                notes("tasks"));
    }

    /** A new database with empty tables. */
    static Database database() {
        Database database = Bookshop.database();
        database.execute(Feed.SQL);
        return database;
    }

    private static CollectionMapping<?> entries(String collection, String kind) {
        return CollectionMapping.of(collection, ENTRY)
                .where(field("lines").exists())
                .key(ENTRY.kind, constant(kind))
                .key(ENTRY.mongoId, id("_id"))
                .map(ENTRY.title, string("title"))
                .lookup(ENTRY.labelId, string("label"), LABEL.name)
                .children(
                        "lines",
                        ENTRY_LINE,
                        line -> line.position(ENTRY_LINE.line).map(ENTRY_LINE.body, string()))
                .build();
    }

    private static CollectionMapping<?> notes(String collection) {
        return CollectionMapping.of(collection, NOTE)
                .key(NOTE.mongoId, id("_id"))
                .owns(NOTE.kind, collection)
                .map(NOTE.body, string("body"))
                .children(
                        "parts",
                        NOTE_PART,
                        part -> part.position(NOTE_PART.place).map(NOTE_PART.part, string()))
                .build();
    }

    /** Writes so many documents of a feed, and half as many of the two other collections. */
    static Path write(Path directory, int documents, long seed) throws IOException {
        Files.createDirectories(directory);
        Random random = new Random(seed);
        try (DumpWriter out = DumpWriter.create(directory.resolve("feed.bson"))) {
            for (int i = 0; i < documents; i++) {
                // Some comments come before their post, and of some there never is one.
                BsonDocument document = document(i, random)
                        .append("type", new BsonString(KINDS[random.nextInt(KINDS.length)]))
                        .append("post", new BsonInt32(random.nextInt(documents + 20)))
                        .append("views", new BsonInt32(random.nextInt(9)));
                out.write(Bson.bytes(document));
            }
        }
        for (String collection : List.of("memos", "tasks")) {
            try (DumpWriter out = DumpWriter.create(directory.resolve(collection + ".bson"))) {
                for (int i = 0; i < documents / 2; i++) {
                    // A few have the key of a row of the other collection.
                    int id = 2 * i + (collection.equals("memos") || random.nextInt(100) == 0 ? 0 : 1);
                    out.write(Bson.bytes(document(id, random)));
                }
            }
        }
        return directory;
    }

    private static BsonDocument document(int id, Random random) {
        BsonDocument document = new BsonDocument("_id", new BsonInt32(id));
        if (random.nextInt(300) > 0) {
            document.append("title", new BsonString("Title " + id));
        }
        // Every so often PostgreSQL's check refuses the body of a comment.
        document.append("body", new BsonString(random.nextInt(200) == 0 ? "forbidden" : "Body " + id));
        document.append("label", new BsonString("Label " + random.nextInt(30)));
        if (random.nextInt(3) > 0) {
            document.append("lines", texts(random));
        }
        return document.append("parts", texts(random));
    }

    private static BsonArray texts(Random random) {
        BsonArray texts = new BsonArray();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.add(new BsonString("Text " + random.nextInt(1_000)));
        }
        return texts;
    }

    /** Everything that a run leaves behind, but for the numbers it draws. */
    static List<String> contents(Database database) {
        return Stream.concat(Stream.of(Feed.ALL_ROWS), Shop.BOOKKEEPING.stream())
                .flatMap(sql -> database.rows(sql).stream())
                .toList();
    }
}
