package io.docrows.testing;

import io.docrows.internal.run.LoadOrder;
import io.docrows.mapping.CollectionMapping;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.RandomFeed.Part;
import io.docrows.testing.RandomFeed.Target;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.BsonDocument;

/**
 * The mappings of a {@link RandomFeed}.
 *
 * @param mappings in the order of the feed, as a pipeline is given them
 * @param ordered in load order, as a pipeline makes them aware of each other
 * @param parts what makes them up, in load order
 */
public record OrderedFeed(List<CollectionMapping<?>> mappings, List<CollectionMapping<?>> ordered, List<Part> parts) {

    /** New mappings. */
    public static OrderedFeed of(List<Part> given) {
        List<CollectionMapping<?>> mappings = new ArrayList<>();
        Map<CollectionMapping<?>, Part> made = new IdentityHashMap<>();
        for (Part part : given) {
            CollectionMapping<?> mapping = part.mapping();
            mappings.add(mapping);
            made.put(mapping, part);
        }
        List<CollectionMapping<?>> ordered = LoadOrder.of(mappings);
        List<Part> parts = new ArrayList<>();
        for (CollectionMapping<?> mapping : ordered) {
            Part part = made.entrySet().stream()
                    .filter(one -> isSame(one.getKey(), mapping))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            made.values().remove(part);
            parts.add(part);
        }
        return new OrderedFeed(mappings, ordered, parts);
    }

    /** A database with the tables of a feed. */
    public static Database database() {
        Database database = Bookshop.database();
        database.execute(Feed.SQL);
        return database;
    }

    /** Takes all rows of a feed, and all bookkeeping, out of a database. */
    public static void empty(Database database) {
        database.execute("TRUNCATE post, comment, entry, entry_line, note, note_part, label;"
                + " DROP SCHEMA IF EXISTS docrows CASCADE");
    }

    /** What makes documents of each collection; for some collections, all values fit. */
    public Map<String, RandomTrees> makers(long seed, Random random) {
        Map<String, RandomTrees> makers = new LinkedHashMap<>();
        for (Part part : parts) {
            makers.computeIfAbsent(
                    part.collection(), name -> new RandomTrees(seed, name, random.nextInt(3) == 0 ? 0 : 150));
        }
        return makers;
    }

    /** Adds rows that are nobody's to a table whose rows have owners. */
    public void addNobodys(Database database, PlainFeed plain) {
        if (parts.stream().anyMatch(part -> part.target() == Target.NOTE && part.kind() != null)) {
            database.execute("INSERT INTO note (mongo_id, body) VALUES ('k2', 'nobody''s'), ('none', 'nobody''s')");
            plain.addNote("k2", "nobody's");
            plain.addNote("none", "nobody's");
        }
    }

    /** The documents of each collection, of some only four in five. */
    public static Map<String, List<BsonDocument>> some(Map<String, List<BsonDocument>> all, Random random) {
        Map<String, List<BsonDocument>> some = new LinkedHashMap<>();
        all.forEach((collection, documents) -> {
            int lost = random.nextInt(3) == 0 ? 5 : Integer.MAX_VALUE;
            some.put(
                    collection,
                    documents.stream()
                            .filter(document -> random.nextInt(lost) != 0)
                            .toList());
        });
        return some;
    }

    /** A pipeline makes a mapping aware of others by a copy of it. */
    private static boolean isSame(CollectionMapping<?> one, CollectionMapping<?> other) {
        return one.collection().equals(other.collection())
                && one.table().equals(other.table())
                && one.owned().equals(other.owned())
                && one.condition().equals(other.condition());
    }
}
