package io.docrows.testing;

import io.docrows.error.RejectCode;
import io.docrows.mapping.DocumentId;
import io.docrows.report.Deletions;
import io.docrows.testing.RandomFeed.Part;
import io.docrows.testing.RandomFeed.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The plain way to load documents through the mappings of a {@link RandomFeed}: each decoded whole by the driver and
 * written row by row, all of its rows or none, into tables that are maps in memory.
 */
public final class PlainFeed {

    /** What became of the documents of one collection in one run. */
    public static final class Told {

        private final Map<String, Set<RejectCode>> rejected = new TreeMap<>();
        private long inserted;
        private long updated;
        private long unchanged;
        private long unmatched;
        private boolean others;
        private Deletions deletions = Deletions.NONE;

        public Map<String, Set<RejectCode>> rejected() {
            return rejected;
        }

        /** Whether documents wait, of an earlier run, that are no longer there: they are tried again all the same. */
        public boolean others() {
            return others;
        }

        public long inserted() {
            return inserted;
        }

        public long updated() {
            return updated;
        }

        public long unchanged() {
            return unchanged;
        }

        public long unmatched() {
            return unmatched;
        }

        public Deletions deletions() {
            return deletions;
        }
    }

    /** A row and those below it, as text; what it refers to, and whose it is. */
    private record Row(
            @Nullable String kind,
            String owner,
            List<String> texts,
            @Nullable String wanted,
            boolean waits) {}

    private final List<Part> parts;
    private final Map<Target, Map<String, Row>> tables = new TreeMap<>();
    /** Documents by collection, in their order, that were rejected. */
    private final Map<String, Map<String, BsonDocument>> waiting = new TreeMap<>();

    /** Empty tables; mappings in load order. */
    public PlainFeed(List<Part> parts) {
        this.parts = parts;
        for (Target target : Target.values()) {
            tables.put(target, new TreeMap<>());
        }
    }

    /** A note that no mapping has made. */
    public void addNote(String key, String body) {
        table(Target.NOTE).put(key, new Row(null, "", List.of("note|" + key + "|-|" + body), null, false));
    }

    private Map<String, Row> table(Target target) {
        return Objects.requireNonNull(tables.get(target));
    }

    /** Loads collections, in load order, and deletes the rows of documents that no longer exist. */
    public Map<String, Told> load(Map<String, List<BsonDocument>> collections, boolean deletes) {
        Map<String, Told> told = new LinkedHashMap<>();
        collections.forEach((collection, documents) -> {
            Told one = new Told();
            told.put(collection, one);
            Map<String, BsonDocument> rejected = waiting.computeIfAbsent(collection, name -> new LinkedHashMap<>());
            one.others = rejected.keySet().stream()
                    .anyMatch(key -> documents.stream()
                            .noneMatch(document ->
                                    DocumentId.text(document.get("_id")).equals(key)));
            for (BsonDocument document : documents) {
                write(collection, document, Set.of(), one, rejected);
            }
        });
        retry(told);
        resolve();
        if (deletes) {
            delete(collections, told);
            collections.forEach((collection, documents) -> forget(collection, documents, told));
            retry(told);
            resolve();
        }
        return told;
    }

    /** All rows, each with those below it. */
    public List<String> rows() {
        List<String> rows = new ArrayList<>();
        tables.values().forEach(table -> table.values().forEach(row -> rows.addAll(row.texts())));
        return rows;
    }

    /** The keys of rejected documents, also of such that are no longer there. */
    public Set<String> waiting(String collection) {
        return new TreeSet<>(Objects.requireNonNull(waiting.get(collection)).keySet());
    }

    /** How many rows each mapping has whose document is not among these, or is not taken any more. */
    public long extra(Part part, List<BsonDocument> documents) {
        return orphans(part, documents).size();
    }

    /** The keys of those rows. */
    public Set<String> orphans(Part part, List<BsonDocument> documents) {
        Set<String> seen = new TreeSet<>();
        documents.stream().filter(part::takes).forEach(document -> seen.add(key(part, document)));
        Set<String> orphans = new TreeSet<>();
        table(part.target()).forEach((key, row) -> {
            if (Objects.equals(row.kind(), part.kind()) && !seen.contains(key)) {
                orphans.add(key);
            }
        });
        return orphans;
    }

    private void delete(Map<String, List<BsonDocument>> collections, Map<String, Told> told) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            Map<String, Row> table = table(part.target());
            long kept = 0;
            long deleted = 0;
            for (String key : orphans(part, Objects.requireNonNull(collections.get(part.collection())))) {
                if (part.target() == Target.POST && isReferred(key)) {
                    kept++;
                } else {
                    table.remove(key);
                    deleted++;
                }
            }
            Told one = Objects.requireNonNull(told.get(part.collection()));
            one.deletions = one.deletions.plus(new Deletions(deleted, kept, 0));
        }
    }

    /** Rejects whose document no longer exists go, too. */
    private void forget(String collection, List<BsonDocument> documents, Map<String, Told> told) {
        Set<String> there = new TreeSet<>();
        documents.forEach(document -> there.add(DocumentId.text(document.get("_id"))));
        Objects.requireNonNull(waiting.get(collection)).keySet().retainAll(there);
        Objects.requireNonNull(told.get(collection)).rejected.keySet().retainAll(there);
    }

    private boolean isReferred(String post) {
        return table(Target.COMMENT).values().stream()
                .map(comment -> comment.texts().get(0))
                .anyMatch(text -> text.substring(text.lastIndexOf('|') + 1).equals(post));
    }

    /** Documents that were rejected because of others; those that need each other come together. */
    private void retry(Map<String, Told> told) {
        told.forEach((collection, one) -> {
            Map<String, BsonDocument> rejected = Objects.requireNonNull(waiting.get(collection));
            int before;
            do {
                before = rejected.size();
                Set<String> together = together(collection, rejected);
                for (Map.Entry<String, BsonDocument> document : List.copyOf(rejected.entrySet())) {
                    Set<RejectCode> codes = one.rejected.remove(document.getKey());
                    boolean absent = codes == null;
                    Map<String, BsonDocument> still = new LinkedHashMap<>();
                    write(collection, document.getValue(), together, one, still);
                    if (still.isEmpty()) {
                        rejected.remove(document.getKey());
                    } else if (absent) {
                        one.rejected.remove(document.getKey());
                    } else {
                        Set<RejectCode> all = EnumSet.copyOf(codes);
                        all.addAll(Objects.requireNonNull(one.rejected.get(document.getKey())));
                        one.rejected.put(document.getKey(), all);
                    }
                }
            } while (rejected.size() < before);
        });
    }

    /** The keys of posts that come with these documents, if all of them are loaded together. */
    private Set<String> together(String collection, Map<String, BsonDocument> documents) {
        Set<String> keys = new LinkedHashSet<>(documents.keySet());
        boolean fewer;
        do {
            Set<String> posts = new TreeSet<>();
            for (String key : keys) {
                BsonDocument document = Objects.requireNonNull(documents.get(key));
                if (parts.stream()
                        .anyMatch(part -> part.collection().equals(collection)
                                && part.target() == Target.POST
                                && part.takes(document))) {
                    posts.add(key);
                }
            }
            fewer = keys.removeIf(
                    key -> !fails(collection, documents.get(key), posts).isEmpty());
        } while (fewer);
        Set<String> posts = new TreeSet<>();
        for (String key : keys) {
            if (parts.stream()
                    .anyMatch(part -> part.collection().equals(collection)
                            && part.target() == Target.POST
                            && part.takes(documents.get(key)))) {
                posts.add(key);
            }
        }
        return posts;
    }

    private Set<RejectCode> fails(String collection, BsonDocument document, Set<String> posts) {
        return new Writing(collection, document, posts).faults;
    }

    /** References that wait are filled in. */
    private void resolve() {
        table(Target.COMMENT).replaceAll((key, row) -> {
            String wanted = row.wanted();
            if (wanted == null || !table(Target.POST).containsKey(wanted)) {
                return row;
            }
            String text = row.texts().get(0);
            return new Row(
                    null,
                    row.owner(),
                    List.of(text.substring(0, text.lastIndexOf('|') + 1) + wanted),
                    null,
                    row.waits());
        });
    }

    private void write(
            String collection,
            BsonDocument document,
            Set<String> posts,
            Told told,
            Map<String, BsonDocument> rejected) {
        Writing writing = new Writing(collection, document, posts);
        rejected.remove(writing.id);
        if (writing.rows.isEmpty() && writing.faults.isEmpty()) {
            told.unmatched++;
        } else if (!writing.faults.isEmpty()) {
            told.rejected.put(writing.id, Set.copyOf(writing.faults));
            rejected.put(writing.id, document);
        } else {
            boolean allNew = true;
            boolean changed = false;
            for (Map.Entry<Part, Row> one : writing.rows.entrySet()) {
                Row old = table(one.getKey().target()).put(key(one.getKey(), document), one.getValue());
                allNew &= old == null;
                changed |= old == null || !old.texts().equals(one.getValue().texts());
            }
            told.inserted += allNew ? 1 : 0;
            told.updated += !allNew && changed ? 1 : 0;
            told.unchanged += changed ? 0 : 1;
        }
    }

    private static String key(Part part, BsonDocument document) {
        String id = DocumentId.text(document.get("_id"));
        return part.target() == Target.ENTRY ? part.kind() + " " + id : id;
    }

    /** What would be written for one document. */
    private final class Writing {

        private final Set<RejectCode> faults = EnumSet.noneOf(RejectCode.class);
        private final Map<Part, Row> rows = new LinkedHashMap<>();
        private final BsonDocument document;
        private final String id;
        private final String owner;
        private final Set<String> posts;

        private Writing(String collection, BsonDocument document, Set<String> posts) {
            this.document = document;
            this.id = DocumentId.text(document.get("_id"));
            this.owner = collection + " " + id;
            this.posts = posts;
            Set<String> notes = new TreeSet<>();
            for (Part part : parts) {
                if (part.collection().equals(collection) && part.takes(document)) {
                    rows.put(part, row(part));
                    if (part.target() == Target.NOTE && !notes.add(id)) {
                        faults.add(RejectCode.DUPLICATE_KEY);
                    }
                }
            }
        }

        private Row row(Part part) {
            return switch (part.target()) {
                case POST ->
                    row(null, List.of("post|" + id + "|" + required(text("title")) + "|" + shown(whole("views"))));
                case COMMENT -> comment(part);
                case ENTRY -> {
                    List<String> texts = new ArrayList<>();
                    texts.add("entry|" + part.kind() + " " + id + "|" + shown(text("title")) + "|"
                            + shown(text("label")));
                    int place = 0;
                    for (BsonValue element : array("lines")) {
                        BsonDocument line = element.isDocument() ? element.asDocument() : new BsonDocument();
                        if (!element.isDocument() && !isNull(element)) {
                            faults.add(RejectCode.TYPE_MISMATCH);
                        }
                        texts.add("line|" + part.kind() + " " + id + " " + place++ + "|" + shown(text(line.get("body")))
                                + "|" + shown(text(line.get("label"))));
                    }
                    yield row(part.kind(), texts);
                }
                case NOTE -> {
                    Row old = table(Target.NOTE).get(id);
                    if (old != null && (part.kind() == null ? !old.owner().equals(owner) : isOthers(old, part))) {
                        faults.add(RejectCode.DUPLICATE_KEY);
                    }
                    List<String> texts = new ArrayList<>();
                    texts.add("note|" + id + "|" + shown(part.kind()) + "|" + shown(text("body")));
                    int place = 0;
                    for (BsonValue element : array("parts")) {
                        texts.add("part|" + id + " " + place++ + "|" + shown(text(element)) + "|-");
                    }
                    yield row(part.kind(), texts);
                }
            };
        }

        private boolean isOthers(Row row, Part part) {
            return row.kind() != null && !row.kind().equals(part.kind());
        }

        private Row comment(Part part) {
            String body = required(text("body"));
            if (body.equals("forbidden")) {
                faults.add(RejectCode.CONSTRAINT_VIOLATION);
            }
            BsonValue reference = document.get("post");
            String wanted = reference == null || isNull(reference) ? null : DocumentId.text(reference);
            boolean there = wanted != null
                    && (table(Target.POST).containsKey(wanted) || posts.contains(wanted) || isOwnPost(wanted));
            if (wanted != null && !there && !part.waits()) {
                faults.add(RejectCode.MISSING_REFERENCE);
            }
            String text = "comment|" + id + "|" + body + "|" + (there ? wanted : "-");
            return new Row(null, owner, List.of(text), there ? null : wanted, part.waits());
        }

        private boolean isOwnPost(String wanted) {
            return wanted.equals(id) && rows.keySet().stream().anyMatch(part -> part.target() == Target.POST);
        }

        private Row row(@Nullable String kind, List<String> texts) {
            return new Row(kind, owner, texts, null, false);
        }

        private @Nullable String text(String field) {
            return text(document.get(field));
        }

        private @Nullable String text(@Nullable BsonValue value) {
            if (value == null || isNull(value)) {
                return null;
            }
            return told(PlainReading.text(value).then(text -> PlainReading.fits(text, 0)));
        }

        private @Nullable String whole(String field) {
            BsonValue value = document.get(field);
            return value == null || isNull(value) ? null : told(PlainReading.whole(value, 32));
        }

        private @Nullable String told(Outcome outcome) {
            if (outcome.code() != null) {
                faults.add(outcome.code());
            }
            return outcome.text();
        }

        private String required(@Nullable String text) {
            if (text == null) {
                faults.add(RejectCode.MISSING_VALUE);
                return "";
            }
            return text;
        }

        private List<BsonValue> array(String field) {
            BsonValue value = document.get(field);
            if (value == null || isNull(value)) {
                return List.of();
            }
            if (!value.isArray()) {
                faults.add(RejectCode.TYPE_MISMATCH);
                return List.of();
            }
            return value.asArray();
        }

        private static boolean isNull(BsonValue value) {
            return value.isNull() || value.getBsonType() == BsonType.UNDEFINED;
        }

        private static String shown(@Nullable String text) {
            return text == null ? "-" : text;
        }
    }
}
