package io.docrows.scaffold.internal.schema;

import static io.docrows.scaffold.internal.choose.Paths.all;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ReferenceFacts;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.internal.choose.Losses;
import io.docrows.scaffold.internal.choose.Names;
import io.docrows.scaffold.internal.choose.Paths;
import io.docrows.scaffold.internal.choose.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds which fields fit into the columns of one table. Not thread-safe; used once. */
final class RowMatcher {

    private final Matching matching;
    private final CollectionFacts collection;
    private final Paths paths;
    private final Fit fit;
    private final ExistingTable table;
    private final Set<String> used;
    private final boolean isChild;
    /** Why fields that are named like columns did not get them. */
    private final Map<String, String> unfit = new HashMap<>();

    RowMatcher(Matching matching, CollectionFacts collection, ExistingTable table, List<String> used, boolean isChild) {
        this.isChild = isChild;
        this.matching = matching;
        this.collection = collection;
        this.paths = new Paths(collection);
        this.fit = new Fit(paths, matching.tables().enums());
        this.table = table;
        this.used = new LinkedHashSet<>(used);
    }

    Choice.Fields fields(List<String> document, List<String> prefix) {
        Map<String, Choice> fields = new LinkedHashMap<>();
        for (PathFacts path : paths.below(document)) {
            if (!path.names().equals(List.of("_id"))) {
                fields.put(path.name(), field(path, Paths.with(prefix, path.name())));
            }
        }
        return new Choice.Fields(fields, List.of());
    }

    /** Columns that have to have a value, and get none. */
    List<String> missing() {
        return table.columns().stream()
                .filter(column -> column.notNull() && !column.filled() && !used.contains(column.name()))
                .map(column -> "Column " + column.name() + " of the table " + table.name()
                        + " may not be NULL and has no default, and "
                        + (column.absent()
                                ? "tables of the project's own cannot have its type " + column.type()
                                : unfit.getOrDefault(column.name(), "no field that fits is named like it"))
                        + ".")
                .toList();
    }

    private Optional<ExistingColumn> columnFor(List<String> names) {
        String wanted = Alike.plain(names);
        List<ExistingColumn> free = table.columns().stream()
                .filter(column -> !column.computed() && !used.contains(column.name()))
                .toList();
        // Names that differ by case only are several columns: the very name comes first.
        Optional<ExistingColumn> same = free.stream()
                .filter(column -> names.equals(List.of(column.name())))
                .findFirst();
        return same.or(() -> alike(free, wanted));
    }

    private static Optional<ExistingColumn> alike(List<ExistingColumn> free, String wanted) {
        return free.stream()
                .filter(column -> {
                    String name = Alike.plain(column.name());
                    return name.equals(wanted) || name.equals(wanted + "id") || (name + "id").equals(wanted);
                })
                .findFirst();
    }

    private Choice field(PathFacts path, List<String> names) {
        Optional<ExistingColumn> column = columnFor(names);
        if (column.isPresent()) {
            return column(path, column.get());
        }
        if (all(path, Kind::isDocument)
                && path.fieldNames().isEmpty()
                && !paths.below(path.names()).isEmpty()) {
            return fields(path.names(), names);
        }
        Optional<PathFacts> element = paths.element(path);
        boolean rows = all(path, Kind::isArray)
                && element.filter(one -> all(one, Kind::isDocument) && one.present() == one.values())
                        .isPresent();
        return rows
                ? rows(path, element.get(), names)
                : out(path, "No column of " + table.name() + " is named like it.");
    }

    private static Choice out(PathFacts path, String why) {
        return new Choice.LeftOut(List.of(Words.facts(path), "LEFT OUT: " + why));
    }

    /** A field that is named like a column, and does not fit. */
    private Choice out(PathFacts path, ExistingColumn column, String why) {
        unfit.put(column.name(), why);
        return out(path, "column " + column.name() + ": " + why + ".");
    }

    private Choice column(PathFacts path, ExistingColumn column) {
        List<String> notes = new ArrayList<>();
        notes.add(Words.facts(path));
        Optional<ExistingTable.ForeignKey> key = table.foreignKey(column.name());
        if (key.isPresent()) {
            return reference(path, column, key.get(), notes);
        }
        if (path.repeatedNames() > 0
                || (column.type().equals("jsonb") && paths.any(path, one -> one.repeatedNames() > 0))) {
            return out(path, column, "the same name is there twice in one document");
        }
        Optional<String> against = fit.against(path, column.type());
        if (against.isPresent()) {
            return out(path, column, against.get());
        }
        used.add(column.name());
        notes.addAll(nulls(path, column));
        notes.addAll(Losses.of(paths, path, column.type()));
        if (column.type().startsWith("timestamp") && column.type().endsWith("without time zone")
                || column.type().equals("date")) {
            notes.add("Read in UTC: name the zone in the mapping if another one is meant.");
        }
        return Choice.Column.of(column.name(), column.type(), notes);
    }

    private static List<String> nulls(PathFacts path, ExistingColumn column) {
        long without = path.owners() - path.present();
        return column.notNull() && without > 0
                ? List.of("LOSS: " + Words.count(without, "document")
                        + " without it will be rejected, because the column is NOT NULL.")
                : List.of();
    }

    private Choice reference(PathFacts path, ExistingColumn column, ExistingTable.ForeignKey key, List<String> notes) {
        Optional<ReferenceFacts> found = matching.reference(collection.name(), path, key.target());
        if (found.isEmpty()) {
            return out(
                    path,
                    column,
                    "it refers to the table " + key.target()
                            + ", and no collection that fits into that has these values as its _id");
        }
        ReferenceFacts one = found.get();
        if (!matching.add(new Matching.Reference(
                collection.name(), one.target(), table.name(), column.name(), column.notNull()))) {
            return out(
                    path,
                    column,
                    "it refers to " + one.target() + ", which itself refers to " + collection.name()
                            + ", perhaps by way of others, so that none of them could be loaded first");
        }
        notes.add("Refers to " + one.target() + "._id: " + Words.number(one.found()) + " of "
                + Words.number(one.values()) + " found there.");
        if (one.orphans() > 0) {
            notes.add(
                    column.notNull()
                            ? "LOSS: the others will be rejected until they are there."
                            : "The others stay NULL until they are there.");
        }
        notes.addAll(nulls(path, column));
        used.add(column.name());
        // A row of a child table waits only if that is asked for.
        boolean mayWait = isChild
                && !column.notNull()
                && (one.orphans() > 0 || one.target().equals(collection.name()));
        return new Choice.Column(
                column.name(),
                column.type(),
                matching.isMixed(one.target()),
                List.of(one.target(), "_id"),
                mayWait ? Optional.of(Choice.Column.WhenMissing.PENDING) : Optional.empty(),
                Optional.empty(),
                notes);
    }

    private Choice rows(PathFacts path, PathFacts element, List<String> names) {
        String whole = Alike.plain(Names.singular(table.name()) + "_" + String.join("_", names));
        List<String> reasons = new ArrayList<>();
        for (ExistingTable child : matching.tables().tables()) {
            String name = Alike.plain(child.name());
            List<ExistingTable.ForeignKey> keys = child.foreignKeys(table);
            if (keys.isEmpty() || !(name.equals(whole) || name.equals(Alike.plain(names)))) {
                continue;
            }
            Optional<String> owner = matching.owner(child);
            if (owner.isPresent()) {
                reasons.add("the table " + child.name() + " is that of " + owner.get() + " already.");
                continue;
            }
            Optional<ExistingTable.Identity> identity = child.identity(keys);
            if (identity.isEmpty()) {
                reasons.add("the table " + child.name() + " has no unique key of its foreign key and a position.");
                continue;
            }
            Matching.Mark mark = matching.take(child, collection.name() + "." + path.path());
            List<String> taken = new ArrayList<>(identity.get().parent());
            taken.add(identity.get().position());
            RowMatcher row = new RowMatcher(matching, collection, child, taken, true);
            Choice.Fields fields = row.fields(element.names(), List.of());
            List<String> missing = row.missing();
            if (missing.isEmpty()) {
                return new Choice.Rows(
                        Choice.Rows.Source.ROWS,
                        child.name(),
                        Optional.of(identity.get().position()),
                        fields,
                        List.of(Words.facts(path)));
            }
            matching.undo(mark);
            reasons.add(String.join(" ", missing));
        }
        return out(
                path,
                reasons.isEmpty()
                        ? "No table with a foreign key to " + table.name() + " is named like it."
                        : reasons.get(0));
    }
}
