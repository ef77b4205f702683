package io.docrows.scaffold.internal.choose;

import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the references that somebody chose lead to something, and let one table be loaded first. Used once. */
public final class Links {

    private final List<String> problems = new ArrayList<>();
    private final Waits waits = new Waits();
    private final Choices choices;
    private final boolean typesAgree;

    private Links(Choices choices, boolean typesAgree) {
        this.choices = choices;
        this.typesAgree = typesAgree;
    }

    /**
     * What is wrong with references.
     *
     * @param choices what somebody chose
     * @param typesAgree whether a column has to be of the type of what it refers to, because it holds that very value
     * @return sentences; empty if nothing is wrong
     */
    public static List<String> problems(Choices choices, boolean typesAgree) {
        Links links = new Links(choices, typesAgree);
        for (CollectionChoice one : choices.collections()) {
            links.choice(one.fields(), one.collection(), one.collection());
            one.split()
                    .ifPresent(split -> split.tables()
                            .forEach((text, part) ->
                                    links.choice(part.fields(), one.collection(), one.collection() + ": " + text)));
        }
        return links.problems;
    }

    private void choice(Choice choice, String collection, String where) {
        if (choice instanceof Choice.Fields document) {
            document.fields().forEach((name, field) -> choice(field, collection, where + "." + name));
        } else if (choice instanceof Choice.Rows rows) {
            choice(rows.row(), collection, where);
        } else if (choice instanceof Choice.Column column
                && !column.references().isEmpty()) {
            reference(column, collection, where);
        }
    }

    private void reference(Choice.Column column, String collection, String where) {
        List<String> names = column.references();
        Optional<CollectionChoice> target = choices.collection(names.get(0));
        List<String> field = names.subList(1, names.size());
        Optional<Choice.Column> there = target.flatMap(one -> one.at(field)).flatMap(Choice::asColumn);
        boolean key = field.equals(List.of("_id"));
        if (target.isEmpty() || (!key && there.isEmpty())) {
            problems.add(where + ": it refers to a field that has no column");
            return;
        }
        if (target.get().split().isPresent()) {
            problems.add(where + ": it refers to " + names.get(0)
                    + ", which is split into several tables: leave references out");
        }
        if (there.flatMap(Choice.Column::lookup).isPresent()) {
            problems.add(where + ": it refers to a column with a lookup table, which does not hold the value itself:"
                    + " leave one of both out");
        }
        String type = choices.typeAt(names).orElse("");
        if (typesAgree && !type.equals(column.type())) {
            problems.add(where + ": it refers to a column of type " + type + ", so that has to be its type");
        }
        if (column.type().endsWith("[]")) {
            problems.add(where + ": an array has no foreign key: leave references out");
        }
        if (!waits.add(collection, names.get(0))) {
            problems.add(where + ": it refers to " + names.get(0) + ", which itself refers to " + collection
                    + ", perhaps by way of others, so that none of them could be loaded first:"
                    + " leave one of these references out");
        }
    }

    /** Which collection is loaded after which others. Not thread-safe. */
    public static final class Waits {

        private final Map<String, Set<String>> before = new LinkedHashMap<>();

        /**
         * Has one collection be loaded after another one.
         *
         * @return false if that cannot be, because the other one is loaded after it
         */
        public boolean add(String collection, String target) {
            if (collection.equals(target)) {
                return true;
            }
            if (leads(target, collection)) {
                return false;
            }
            before.computeIfAbsent(collection, none -> new LinkedHashSet<>()).add(target);
            return true;
        }

        private boolean leads(String from, String to) {
            List<String> reached = new ArrayList<>(List.of(from));
            Set<String> known = new LinkedHashSet<>(reached);
            for (int i = 0; i < reached.size(); i++) {
                for (String next : before.getOrDefault(reached.get(i), Set.of())) {
                    if (known.add(next)) {
                        reached.add(next);
                    }
                }
            }
            return known.contains(to);
        }
    }
}
