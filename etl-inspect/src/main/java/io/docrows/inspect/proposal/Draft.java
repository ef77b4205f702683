package io.docrows.inspect.proposal;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.EntityFacts;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.KeyFacts;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ReferenceFacts;
import io.docrows.inspect.proposal.ProposedColumn.Role;
import io.docrows.inspect.proposal.ProposedTable.LeftOut;
import io.docrows.inspect.proposal.ProposedTable.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Drafts the tables of an inspection. Not thread-safe; used once. */
final class Draft {

    private static final int LEAST_ROWS_OF_IDENTITY = 1;

    private final Inspection inspection;
    private final List<TableDraft> tables = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    Draft(Inspection inspection) {
        this.inspection = inspection;
    }

    Proposal proposal() {
        for (CollectionFacts collection : inspection.collections()) {
            if (collection.documents() > 0) {
                collection(collection);
            }
        }
        references();
        List<ProposedTable> proposed = tables.stream().map(TableDraft::table).toList();
        return new Proposal(proposed, new SharedTables(inspection, proposed, this::free).found());
    }

    private String free(String wanted) {
        String name = SqlNames.cut(wanted);
        for (int number = 2; !names.add(name); number++) {
            name = SqlNames.cut(wanted + "_" + number);
        }
        return name;
    }

    private void collection(CollectionFacts collection) {
        TableDraft table = new TableDraft(
                free(SqlNames.of(List.of(collection.name()))),
                Origin.COLLECTION,
                collection.name(),
                List.of(),
                null,
                collection.documents());
        tables.add(table);
        boolean hasOther = collection.path("id").isPresent();
        collection.path("_id").ifPresent(id -> key(collection, id, table, hasOther ? "mongo_id" : "id"));
        fields(collection, List.of(), table, List.of());
        for (KeyFacts key : collection.keys()) {
            if (key.unique() && !key.path().equals("_id")) {
                table.columnOf(key.path()).ifPresent(table.uniqueKeys::add);
            }
        }
        for (EntityFacts entity : collection.entities()) {
            table.reasons.add(entity.path() + " holds " + number(entity.occurrences()) + " copies of "
                    + number(entity.entities()) + " documents, told apart by " + entity.key()
                    + inspection.references().stream()
                            .filter(one -> one.collection().equals(collection.name())
                                    && one.path().equals(entity.key()))
                            .findFirst()
                            .map(one -> ": they are also in " + one.target() + ", to which the key refers.")
                            .orElse(": a table of its own would hold each once."));
        }
        collection
                .discriminators()
                .forEach(one -> table.reasons.add(one.path()
                        + " decides which other fields there are: one table with columns that are NULL for other"
                        + " kinds, or one table for each of its "
                        + one.variants().size() + " values."));
    }

    private void key(CollectionFacts collection, PathFacts id, TableDraft table, String name) {
        if (id.objects() > 0 && id.objects() == id.present()) {
            for (PathFacts part : below(collection, id.names())) {
                table.key.add(table.add(
                        SqlNames.of(List.of(part.name())), Role.KEY, part.path(), 0, ColumnTypes.of(collection, part)));
            }
            table.reasons.add("The _id is a document: its fields are the key.");
            return;
        }
        table.key.add(table.add(name, Role.KEY, id.path(), 0, ColumnTypes.of(collection, id)));
    }

    private static List<PathFacts> below(CollectionFacts collection, List<String> names) {
        return collection.paths().stream()
                .filter(path -> path.names().size() == names.size() + 1
                        && path.names().subList(0, names.size()).equals(names))
                .toList();
    }

    /**
     * The fields of a document as columns and tables.
     *
     * @param names the document's path
     * @param table the table whose rows they belong to
     * @param prefix the names between the table's path and the document's
     */
    private void fields(CollectionFacts collection, List<String> names, TableDraft table, List<String> prefix) {
        for (PathFacts path : below(collection, names)) {
            if (names.isEmpty() && path.name().equals("{}")) {
                table.leftOut.add(new LeftOut(
                        path.path(),
                        "There are too many different names for columns; one of type jsonb could hold what is"
                                + " not mapped."));
            }
            if (path.name().equals("[]") || path.name().equals("{}") || isTaken(path, table)) {
                continue;
            }
            List<String> inner = new ArrayList<>(prefix);
            inner.add(path.name());
            Optional<String> without = ColumnTypes.leftOut(collection, path);
            if (without.isPresent()) {
                table.leftOut.add(new LeftOut(path.path(), without.get()));
                continue;
            }
            field(collection, path, table, inner);
        }
    }

    private static boolean isTaken(PathFacts path, TableDraft table) {
        return path.path().equals("_id") || table.columnOf(path.path()).isPresent();
    }

    private void field(CollectionFacts collection, PathFacts path, TableDraft table, List<String> inner) {
        long present = path.present();
        long objects = path.objects();
        long arrays = path.arrays();
        if (path.cutOff() > 0) {
            table.add(SqlNames.of(inner), Role.VALUE, path.path(), nulls(path, table), List.of(Choice.exact("jsonb")));
        } else if (2 * objects > present) {
            object(collection, path, table, inner);
        } else if (2 * arrays > present) {
            array(collection, path, table, inner);
        } else {
            table.add(
                    SqlNames.of(inner), Role.VALUE, path.path(), nulls(path, table), ColumnTypes.of(collection, path));
        }
    }

    private static long nulls(PathFacts path, TableDraft table) {
        return Math.max(table.rows - path.present(), 0);
    }

    private void object(CollectionFacts collection, PathFacts path, TableDraft table, List<String> inner) {
        mixed(path, table, path.objects(), "documents");
        if (path.fieldNames().isPresent()) {
            entries(collection, path, table);
        } else if (2 * path.count(Kind.GEOJSON) > path.objects()) {
            table.add(
                    SqlNames.of(inner),
                    Role.VALUE,
                    path.path(),
                    nulls(path, table),
                    List.of(Choice.exact("jsonb"), Choice.assuming("geography", "that PostGIS is installed")));
        } else {
            fields(collection, path.names(), table, inner);
        }
    }

    /** Says what becomes of the values that are no documents, or no arrays. */
    private static void mixed(PathFacts path, TableDraft table, long fitting, String what) {
        long rest = path.present() - fitting;
        if (rest > 0) {
            table.reasons.add(path.path() + " is mostly " + what + ": " + number(rest)
                    + (rest == 1 ? " other value" : " other values") + " would be rejected.");
        }
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String singular(String name) {
        if (name.endsWith("ies") && name.length() > 4) {
            return name.substring(0, name.length() - 3) + "y";
        }
        if (name.endsWith("sses") || name.endsWith("xes") || name.endsWith("ches") || name.endsWith("shes")) {
            return name.substring(0, name.length() - 2);
        }
        boolean noPlural = name.endsWith("ss") || name.endsWith("us") || name.endsWith("is");
        return name.endsWith("s") && !noPlural && name.length() > 3 ? name.substring(0, name.length() - 1) : name;
    }

    private TableDraft child(
            CollectionFacts collection,
            PathFacts path,
            List<String> rowPath,
            TableDraft above,
            Origin origin,
            long rows) {
        List<String> inner =
                path.names().subList(above.path.size(), path.names().size());
        TableDraft table = new TableDraft(
                free(singular(above.name) + "_" + SqlNames.of(inner)), origin, collection.name(), rowPath, above, rows);
        table.addParentKey(above, singular(above.name));
        tables.add(table);
        return table;
    }

    private void entries(CollectionFacts collection, PathFacts path, TableDraft above) {
        List<String> rowPath = append(path.names(), "{}");
        Optional<PathFacts> value = collection.path(PathFacts.join(rowPath));
        long rows = value.map(PathFacts::values).orElse(0L);
        TableDraft table = child(collection, path, rowPath, above, Origin.ENTRIES, rows);
        table.key.add(table.add("name", Role.NAME, "", 0, List.of(Choice.exact("text"))));
        table.reasons.add("The field names of " + path.path() + " are data: each field is a row.");
        value.ifPresent(one -> elements(collection, one, table));
    }

    private static List<String> append(List<String> names, String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return longer;
    }

    /** What each row holds: the fields of documents, or one value. */
    private void elements(CollectionFacts collection, PathFacts value, TableDraft table) {
        if (2 * value.objects() > value.present()) {
            if (value.fieldNames().isPresent()) {
                entries(collection, value, table);
            } else {
                fields(collection, value.names(), table, List.of());
            }
        } else if (2 * value.arrays() > value.present()) {
            array(collection, value, table, List.of("values"));
        } else {
            table.add("value", Role.VALUE, value.path(), nulls(value, table), ColumnTypes.of(collection, value));
        }
    }

    private void array(CollectionFacts collection, PathFacts path, TableDraft table, List<String> inner) {
        mixed(path, table, path.arrays(), "arrays");
        List<String> rowPath = append(path.names(), "[]");
        Optional<PathFacts> elements = collection.path(PathFacts.join(rowPath));
        String column = SqlNames.of(inner);
        long nulls = nulls(path, table);
        if (elements.isEmpty() || elements.get().present() == 0) {
            table.leftOut.add(
                    new LeftOut(path.path(), "The arrays are always empty: the type of their elements is not known."));
            return;
        }
        PathFacts element = elements.get();
        if (2 * path.count(Kind.ARRAY_DATE) > path.arrays() - path.count(Kind.ARRAY_EMPTY)) {
            boolean time = path.lengths().filter(lengths -> lengths.most() > 3).isPresent();
            table.add(
                    column,
                    Role.VALUE,
                    path.path(),
                    nulls,
                    List.of(
                            Choice.assuming(
                                    time ? "timestamp" : "date", "that the numbers are year, month, day and so on"),
                            Choice.exact("integer[]")));
        } else if (2 * element.objects() > element.present()) {
            children(collection, path, element, table);
        } else if (2 * element.arrays() > element.present()) {
            table.add(column, Role.VALUE, path.path(), nulls, List.of(Choice.exact("jsonb")));
        } else if (inspection.references().stream().anyMatch(one -> refersFrom(one, collection, element))) {
            join(collection, path, element, table);
        } else {
            List<Choice> choices = ColumnTypes.of(collection, element).stream()
                    .filter(choice -> !choice.type().startsWith("lookup"))
                    .map(choice -> new Choice(
                            choice.type().equals("jsonb") ? "jsonb" : choice.type() + "[]",
                            choice.how(),
                            choice.rejectedDocuments(),
                            choice.firstId(),
                            choice.proved()))
                    .toList();
            table.add(column, Role.VALUE, path.path(), nulls, choices);
        }
    }

    private static boolean refersFrom(ReferenceFacts one, CollectionFacts collection, PathFacts path) {
        return one.collection().equals(collection.name()) && one.path().equals(path.path());
    }

    private void children(CollectionFacts collection, PathFacts path, PathFacts element, TableDraft above) {
        TableDraft table = child(collection, path, element.names(), above, Origin.CHILDREN, element.values());
        Optional<PathFacts> identity = identity(collection, element);
        if (identity.isPresent()) {
            PathFacts one = identity.get();
            table.key.add(table.add(
                    SqlNames.of(List.of(one.name())), Role.IDENTITY, one.path(), 0, ColumnTypes.of(collection, one)));
            table.reasons.add(
                    one.path() + " is in every element and never repeats within an array. That it stays so, only"
                            + " you can say; else the position is the key.");
        } else {
            table.key.add(table.add("position", Role.POSITION, "", 0, List.of(Choice.exact("integer"))));
            table.reasons.add("No field tells the elements of one array apart, so their position does.");
        }
        mixed(element, table, element.objects(), "documents");
        fields(collection, element.names(), table, List.of());
    }

    /** The first field, in the order of presence and name, that looks like a key; else any text or number. */
    private static Optional<PathFacts> identity(CollectionFacts collection, PathFacts element) {
        List<PathFacts> fitting = below(collection, element.names()).stream()
                .filter(field -> field.missing() == 0
                        && field.present() == field.values()
                        && element.objects() == element.values()
                        && field.arraysWithRepeats()
                                .filter(arrays -> arrays == 0)
                                .isPresent()
                        && field.values() > LEAST_ROWS_OF_IDENTITY
                        && field.kinds().stream().allMatch(one -> mayIdentify(one.kind())))
                .toList();
        // Elements that are alone in their array are told apart by anything.
        boolean alone = collection
                .path(PathFacts.join(element.names().subList(0, element.names().size() - 1)))
                .flatMap(PathFacts::lengths)
                .filter(lengths -> lengths.most() > 1)
                .isEmpty();
        return alone
                ? Optional.empty()
                : fitting.stream().filter(Draft::isNamedLikeKey).findFirst();
    }

    private static boolean mayIdentify(Kind kind) {
        return kind.isText() || kind == Kind.INT32 || kind == Kind.INT64 || kind == Kind.OBJECT_ID || kind == Kind.UUID;
    }

    private static boolean isNamedLikeKey(PathFacts field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return name.endsWith("id")
                || name.equals("line")
                || name.equals("nr")
                || name.equals("no")
                || name.endsWith("number")
                || name.endsWith("code")
                || name.endsWith("key")
                || name.equals("sku")
                || name.equals("name")
                || name.equals("slug");
    }

    private void join(CollectionFacts collection, PathFacts path, PathFacts element, TableDraft above) {
        TableDraft table = child(collection, path, element.names(), above, Origin.JOIN, element.values());
        String column = table.add(
                singular(SqlNames.of(List.of(path.name()))) + "_id",
                Role.VALUE,
                element.path(),
                element.values() - element.present(),
                ColumnTypes.of(collection, element));
        boolean repeats =
                element.arraysWithRepeats().filter(arrays -> arrays == 0).isEmpty();
        if (repeats || element.present() < element.values()) {
            table.key.add(table.add("position", Role.POSITION, "", 0, List.of(Choice.exact("integer"))));
            table.reasons.add(
                    "Some arrays of " + path.path() + " hold a reference twice, or null: the position is the key.");
        } else {
            table.key.add(column);
            table.reasons.add("No array of " + path.path() + " holds a reference twice.");
        }
    }

    /** Foreign keys, now that all tables are there. */
    private void references() {
        for (ReferenceFacts one : inspection.references()) {
            Optional<TableDraft> target = tables.stream()
                    .filter(table -> table.origin == Origin.COLLECTION && table.collection.equals(one.target()))
                    .findFirst();
            Optional<String> key = target.flatMap(table -> table.columnOf(one.targetPath()));
            if (key.isEmpty()) {
                continue;
            }
            for (TableDraft table : tables) {
                if (table.collection.equals(one.collection())) {
                    table.columnOf(one.path())
                            .ifPresent(column -> table.foreignKeys.add(new ProposedForeignKey(
                                    List.of(column),
                                    target.get().name,
                                    List.of(key.get()),
                                    one.orphans(),
                                    one.orphanDocuments())));
                }
            }
        }
    }
}
