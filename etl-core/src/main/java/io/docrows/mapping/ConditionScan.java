package io.docrows.mapping;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.FieldName;
import io.docrows.internal.bson.MalformedBsonException;
import io.docrows.internal.decode.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bson.BsonType;

/**
 * Says which of several mappings take a document, from one look at the fields that their conditions name: it ends with
 * the last of them, and passes over all others without reading them. Not thread-safe; each thread has its own.
 */
final class ConditionScan implements Matcher {

    private final BsonCursor cursor = new BsonCursor();
    private final List<FieldTest> tests = new ArrayList<>();
    private final List<Condition.Outcome> outcomes = new ArrayList<>();
    private final Node root = new Node(FieldName.of(""));
    private final boolean[] results;
    private final boolean[] met;

    /** Each mapping's condition; none for a mapping that takes all documents. */
    ConditionScan(List<Optional<Condition>> conditions) {
        conditions.forEach(condition -> condition.ifPresent(one -> tests.addAll(FieldTest.of(one))));
        for (Optional<Condition> condition : conditions) {
            outcomes.add(condition.map(one -> one.compile(tests)).orElse(results -> true));
        }
        for (int i = 0; i < tests.size(); i++) {
            root.at(tests.get(i).path()).tests.add(i);
        }
        this.results = new boolean[tests.size()];
        this.met = new boolean[outcomes.size()];
    }

    /** Which mappings take a document, by their numbers; overwritten by the next call. */
    @Override
    public boolean[] match(byte[] bson) {
        Arrays.fill(results, false);
        try {
            if (!tests.isEmpty()) {
                cursor.reset(bson);
                look(root);
            }
            for (int i = 0; i < met.length; i++) {
                met[i] = outcomes.get(i).of(results);
            }
        } catch (MalformedBsonException e) {
            // Nobody knows whose it is, so everybody rejects it.
            Arrays.fill(met, true);
        }
        return met;
    }

    private void look(Node node) {
        node.children.forEach(child -> child.seen = false);
        int wanted = node.children.size();
        while (wanted > 0 && cursor.next()) {
            for (Node child : node.children) {
                if (!child.seen && cursor.nameIs(child.name)) {
                    child.seen = true;
                    wanted--;
                    test(child);
                    break;
                }
            }
        }
    }

    private void test(Node node) {
        for (int test : node.tests) {
            results[test] = tests.get(test).holds(cursor);
        }
        if (!node.children.isEmpty() && cursor.type() == BsonType.DOCUMENT) {
            cursor.enter();
            look(node);
            cursor.leave();
        }
    }

    /** A field that some condition asks about, or one that leads to such a field. */
    private static final class Node {

        private final FieldName name;
        private final List<Integer> tests = new ArrayList<>();
        private final List<Node> children = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private boolean seen;

        private Node(FieldName name) {
            this.name = name;
        }

        private Node at(List<String> path) {
            Node node = this;
            for (String step : path) {
                node = node.child(step);
            }
            return node;
        }

        private Node child(String step) {
            int known = names.indexOf(step);
            if (known >= 0) {
                return children.get(known);
            }
            Node child = new Node(FieldName.of(step));
            names.add(step);
            children.add(child);
            return child;
        }
    }
}
