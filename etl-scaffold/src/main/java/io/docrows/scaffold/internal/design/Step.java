package io.docrows.scaffold.internal.design;

import com.palantir.javapoet.CodeBlock;
import io.docrows.mapping.MissingReference;
import io.docrows.scaffold.choice.Choice;
import java.util.List;
import java.util.Optional;

/** A call in a mapping. Immutable. */
public sealed interface Step {

    /** The key of a collection, or what a row is known by. */
    record Key(String column, CodeBlock value) implements Step {}

    /** Which documents a table is for. */
    record Where(CodeBlock condition) implements Step {}

    /** The place of an element in its array. */
    record Position(String column) implements Step {}

    /** The columns that lead to the row of the table above, where several could. */
    record Parent(String table, List<String> columns) implements Step {

        /** Copies the list. */
        public Parent {
            columns = List.copyOf(columns);
        }
    }

    /** A column and its value. */
    record Map(String column, CodeBlock value) implements Step {}

    /** A column that refers to a row of another table. */
    record Reference(
            String column, CodeBlock value, String table, String targetColumn, Optional<MissingReference> whenMissing)
            implements Step {}

    /** A column that refers to a table of different values. */
    record Lookup(String column, CodeBlock value, String table, String values) implements Step {}

    /** Rows of a child table, at a path from here. */
    record Rows(Choice.Rows.Source source, List<String> path, TableDesign table, Optional<String> policy)
            implements Step {

        /** Copies the list. */
        public Rows {
            path = List.copyOf(path);
        }
    }

    /** A field whose values are of several types, which is known. */
    record MixedTypes(List<String> path) implements Step {

        /** Copies the list. */
        public MixedTypes {
            path = List.copyOf(path);
        }
    }

    /** A field that is not carried over. */
    record Ignore(List<String> path) implements Step {

        /** Copies the list. */
        public Ignore {
            path = List.copyOf(path);
        }
    }
}
