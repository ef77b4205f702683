package io.docrows.inspect.proposal;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.EntityFacts;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ValueCount;
import io.docrows.inspect.proposal.ProposedColumn.Role;
import io.docrows.inspect.proposal.ProposedTable.Origin;
import io.docrows.inspect.proposal.SharedTable.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Finds what could be split off from proposed tables. Not thread-safe; used once. */
final class SharedTables {

    /** Texts of arrays repeat so often at least before a table for them is worth it. */
    private static final int LEAST_REPEATS = 10;

    private static final int MOST_LABELS = 10_000;
    private static final int LONGEST_LABEL = 64;

    private final Inspection inspection;
    private final List<ProposedTable> tables;
    private final UnaryOperator<String> free;

    SharedTables(Inspection inspection, List<ProposedTable> tables, UnaryOperator<String> free) {
        this.inspection = inspection;
        this.tables = tables;
        this.free = free;
    }

    List<SharedTable> found() {
        List<SharedTable> found = new ArrayList<>();
        for (ProposedTable table : tables) {
            for (EntityFacts entity : facts(table.collection()).entities()) {
                entity(table, entity).ifPresent(found::add);
            }
        }
        Set<List<String>> within = found.stream()
                .flatMap(one -> one.uses().stream())
                .flatMap(use -> use.replaced().stream().map(column -> List.of(use.table(), column)))
                .collect(Collectors.toSet());
        for (List<Label> labels : lookups(within)) {
            found.add(lookup(labels));
        }
        return found;
    }

    private CollectionFacts facts(String collection) {
        return inspection.collections().stream()
                .filter(one -> one.name().equals(collection))
                .findFirst()
                .orElseThrow();
    }

    // ------------------------------------------------------------------ embedded documents

    private Optional<SharedTable> entity(ProposedTable owner, EntityFacts entity) {
        boolean known = inspection.references().stream()
                .anyMatch(one -> one.collection().equals(owner.collection())
                        && one.path().equals(entity.key()));
        List<ProposedColumn> inside = owner.columns().stream()
                .filter(column -> column.path().startsWith(entity.path() + "."))
                .toList();
        Optional<ProposedColumn> key = inside.stream()
                .filter(column -> column.path().equals(entity.key()))
                .findFirst();
        // Where the key refers to a collection, that one's table is the table of its own.
        if (known || key.isEmpty() || inside.size() < 2) {
            return Optional.empty();
        }
        PathFacts path = facts(owner.collection()).path(entity.path()).orElseThrow();
        String wanted = lastName(path.names());
        String name = free.apply(plural(wanted));
        List<ProposedColumn> columns = new ArrayList<>();
        columns.add(columnOf(key.get(), Role.KEY, path, columns));
        inside.stream()
                .filter(column -> !column.equals(key.get()))
                .forEach(column -> columns.add(columnOf(column, Role.VALUE, path, columns)));
        List<String> reasons = new ArrayList<>();
        reasons.add(entity.path() + " holds " + Draft.number(entity.occurrences()) + " copies of "
                + Draft.number(entity.entities()) + " documents.");
        if (entity.entitiesWithVersions() > 0) {
            reasons.add(Draft.number(entity.entitiesWithVersions()) + " of them "
                    + (entity.entitiesWithVersions() == 1 ? "has" : "have")
                    + " copies that differ. They may be older states that the document is to keep.");
        }
        String below = tables.stream()
                .filter(table -> table.collection().equals(owner.collection())
                        && table.path().startsWith(entity.path() + "."))
                .map(ProposedTable::name)
                .collect(Collectors.joining(", "));
        if (!below.isEmpty()) {
            reasons.add("The rows of " + below + " would belong to it.");
        }
        ProposedTable table = new ProposedTable(
                name,
                Origin.ENTITIES,
                owner.collection(),
                entity.path(),
                Optional.empty(),
                entity.entities(),
                columns,
                List.of(columns.get(0).name()),
                List.of(),
                List.of(),
                List.of(),
                reasons);
        Use use = new Use(
                owner.name(),
                inside.stream().map(ProposedColumn::name).toList(),
                SqlNames.cut(Draft.singular(name) + "_" + columns.get(0).name()),
                Optional.empty(),
                entity.path(),
                entity.occurrences());
        return Optional.of(new SharedTable(table, List.of(use), entity.entitiesWithVersions()));
    }

    private ProposedColumn columnOf(ProposedColumn from, Role role, PathFacts object, List<ProposedColumn> taken) {
        String wanted = SqlNames.of(namesBelow(object, from));
        String name = wanted;
        Set<String> used = taken.stream().map(ProposedColumn::name).collect(Collectors.toSet());
        for (int number = 2; used.contains(name); number++) {
            name = SqlNames.cut(wanted + "_" + number);
        }
        List<Choice> choices = from.choices().stream()
                .filter(choice -> !choice.type().startsWith("lookup"))
                .toList();
        return new ProposedColumn(name, role, from.path(), 0, choices);
    }

    private List<String> namesBelow(PathFacts object, ProposedColumn column) {
        return inspection.collections().stream()
                .flatMap(one -> one.path(column.path()).stream())
                .filter(path -> path.names().size() > object.names().size()
                        && path.names().subList(0, object.names().size()).equals(object.names()))
                .findFirst()
                .map(path ->
                        path.names().subList(object.names().size(), path.names().size()))
                .orElse(List.of(column.name()));
    }

    // ------------------------------------------------------------------ few different texts

    /** A column, or an array, of few different texts. */
    private record Label(ProposedTable table, ProposedColumn column, PathFacts path, boolean array) {

        Set<String> values() {
            return path.few().stream().map(ValueCount::value).collect(Collectors.toSet());
        }

        long different() {
            return path.few().isEmpty()
                    ? path.distinct().map(one -> one.number()).orElse(0L)
                    : path.few().size();
        }
    }

    /**
     * Columns of one name whose values one of them has all share a table.
     *
     * @param within columns of embedded documents that repeat, which need no second table for their texts
     */
    private List<List<Label>> lookups(Set<List<String>> within) {
        Map<String, List<Label>> byName = new LinkedHashMap<>();
        for (ProposedTable table : tables) {
            for (ProposedColumn column : table.columns()) {
                label(table, column)
                        .filter(label -> !within.contains(List.of(table.name(), column.name())))
                        .ifPresent(label -> byName.computeIfAbsent(
                                        Draft.singular(lastName(label.path().names())), any -> new ArrayList<>())
                                .add(label));
            }
        }
        List<List<Label>> lookups = new ArrayList<>();
        for (List<Label> labels : byName.values()) {
            Label widest = labels.stream()
                    .max(java.util.Comparator.comparingLong(Label::different))
                    .orElseThrow();
            List<Label> same = labels.stream()
                    .filter(one -> one.equals(widest)
                            || !one.values().isEmpty() && widest.values().containsAll(one.values()))
                    .toList();
            lookups.add(same);
            labels.stream().filter(one -> !same.contains(one)).forEach(one -> lookups.add(List.of(one)));
        }
        return lookups;
    }

    private Optional<Label> label(ProposedTable table, ProposedColumn column) {
        if (column.choices().stream().anyMatch(choice -> choice.type().startsWith("lookup"))) {
            return facts(table.collection()).path(column.path()).map(path -> new Label(table, column, path, false));
        }
        if (!column.chosen().type().equals("text[]") || column.chosen().rejectedDocuments() > 0) {
            return Optional.empty();
        }
        return facts(table.collection())
                .path(column.path() + "[]")
                .filter(SharedTables::isLabel)
                .map(path -> new Label(table, column, path, true));
    }

    private static boolean isLabel(PathFacts element) {
        long different = element.distinct().map(one -> one.number()).orElse(0L);
        different = element.few().isEmpty() ? different : element.few().size();
        return different >= 2
                && different <= MOST_LABELS
                && different * LEAST_REPEATS <= element.present()
                && element.kinds().stream()
                        .allMatch(one -> one.kind().isText() || one.kind().isNull())
                && element.texts()
                        .filter(texts -> texts.longest() <= LONGEST_LABEL)
                        .isPresent();
    }

    private SharedTable lookup(List<Label> labels) {
        Label widest = labels.stream()
                .max(java.util.Comparator.comparingLong(Label::different))
                .orElseThrow();
        String name = free.apply(lookupName(widest));
        List<ProposedColumn> columns = List.of(
                new ProposedColumn("id", Role.GENERATED, "", 0, List.of(Choice.exact("bigint"))),
                new ProposedColumn("name", Role.KEY, widest.path().path(), 0, List.of(Choice.exact("text"))));
        List<Use> uses = new ArrayList<>();
        for (Label label : labels) {
            String singular = Draft.singular(label.table().name());
            uses.add(new Use(
                    label.table().name(),
                    List.of(label.column().name()),
                    SqlNames.cut(
                            label.array()
                                    ? Draft.singular(name) + "_id"
                                    : label.column().name() + "_id"),
                    label.array()
                            ? Optional.of(
                                    free.apply(singular + "_" + label.column().name()))
                            : Optional.empty(),
                    label.path().path(),
                    label.path().present()));
        }
        boolean about = widest.path().few().isEmpty()
                && widest.path().distinct().filter(one -> !one.exact()).isPresent();
        ProposedTable table = new ProposedTable(
                name,
                Origin.LOOKUP,
                widest.table().collection(),
                widest.path().path(),
                Optional.empty(),
                widest.different(),
                columns,
                List.of("id"),
                List.of(),
                List.of("name"),
                List.of(),
                List.of((about ? "About " : "") + Draft.number(widest.different()) + " different texts in "
                        + Draft.number(uses.stream().mapToLong(Use::values).sum())
                        + " places. New ones are added to it, or rejected: that is yours to say."));
        return new SharedTable(table, uses, 0);
    }

    /** Words that say nothing without what they belong to. */
    private static final Set<String> GENERAL = Set.of(
            "name", "type", "kind", "value", "code", "title", "label", "text", "key", "class", "status", "state");

    private String lookupName(Label label) {
        List<String> names = label.path().names();
        String last = lastName(names);
        boolean telling = last.length() > 2 && !GENERAL.contains(Draft.singular(last));
        if (telling) {
            return plural(last);
        }
        List<String> above = names.subList(0, names.lastIndexOf(lastOf(names)));
        String owner = above.stream().anyMatch(name -> !SqlNames.snake(name).isEmpty())
                ? lastName(above)
                : label.table().name();
        return SqlNames.cut(Draft.singular(owner) + "_" + (last.length() > 2 ? plural(last) : last + "_values"));
    }

    private static String lastOf(List<String> names) {
        for (int i = names.size() - 1; i >= 0; i--) {
            if (!SqlNames.snake(names.get(i)).isEmpty()) {
                return names.get(i);
            }
        }
        return names.get(names.size() - 1);
    }

    private static String lastName(List<String> names) {
        for (int i = names.size() - 1; i >= 0; i--) {
            String name = SqlNames.snake(names.get(i));
            if (!name.isEmpty()) {
                return SqlNames.of(List.of(names.get(i)));
            }
        }
        return "value";
    }

    private static String plural(String name) {
        String one = Draft.singular(name);
        if (one.endsWith("y") && one.length() > 1 && "aeiou".indexOf(one.charAt(one.length() - 2)) < 0) {
            return one.substring(0, one.length() - 1) + "ies";
        }
        boolean hissing = one.endsWith("s") || one.endsWith("x") || one.endsWith("ch") || one.endsWith("sh");
        return one + (hissing ? "es" : "s");
    }
}
