package io.docrows.scaffold.choice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What becomes of a field, of an element of an array, or of the value of a field whose name is data. Immutable. */
public sealed interface Choice {

    /** How a comment begins that only says what else could be chosen. */
    String OR = "Or ";

    /**
     * Why it is so, and what else there is to know: comments of the file.
     *
     * @return sentences without values of documents; may be empty
     */
    List<String> notes();

    /**
     * The same with other comments.
     *
     * @param notes the comments
     * @return a copy
     */
    Choice withNotes(List<String> notes);

    /**
     * A column.
     *
     * @param column its name
     * @param type its type in PostgreSQL; one that ends in brackets is an array
     * @param id whether values of all types are read as {@code _id}s are, as text that tells them apart
     * @param references the collection that it refers to, then the names that lead to the field there; empty for none
     * @param whenMissing what to do if what a value refers to is not there; empty for what Docrows does on its own
     * @param lookup the table that holds each different value once, and that the column refers to; empty for none
     * @param notes comments
     */
    record Column(
            String column,
            String type,
            boolean id,
            List<String> references,
            Optional<WhenMissing> whenMissing,
            Optional<String> lookup,
            List<String> notes)
            implements Choice {

        /** What to do with a value that refers to nothing. */
        public enum WhenMissing {
            /** The column is NULL until what it refers to is there. */
            PENDING,
            /** The document is rejected. */
            REJECT,
            /** The column is NULL, and the value is forgotten. */
            FORGET;

            /** What the file calls it. */
            String key() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** Copies the lists. */
        public Column {
            references = List.copyOf(references);
            notes = List.copyOf(notes);
        }

        /**
         * A column that refers to nothing.
         *
         * @param column its name
         * @param type its type
         * @param notes comments
         * @return the choice
         */
        public static Column of(String column, String type, List<String> notes) {
            return new Column(column, type, false, List.of(), Optional.empty(), Optional.empty(), notes);
        }

        @Override
        public Column withNotes(List<String> other) {
            return new Column(column, type, id, references, whenMissing, lookup, other);
        }

        /** Whether both are the same but for their comments. */
        boolean isLike(Column other) {
            return withNotes(List.of())
                    .equals(new Column(
                            column,
                            other.type(),
                            other.id(),
                            other.references(),
                            other.whenMissing(),
                            other.lookup(),
                            List.of()));
        }
    }

    /**
     * A document whose fields belong to the row that it is in.
     *
     * @param fields its fields by name, in a stable order
     * @param notes comments
     */
    record Fields(Map<String, Choice> fields, List<String> notes) implements Choice {

        /** Copies both. */
        public Fields {
            fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            notes = List.copyOf(notes);
        }

        @Override
        public Fields withNotes(List<String> other) {
            return new Fields(fields, other);
        }
    }

    /**
     * Rows of a table of their own.
     *
     * @param source what they are made of
     * @param table the table
     * @param by the column by which the rows of one document are told apart: their position, or the name of the field;
     *     empty for the usual name
     * @param row what a row is made of
     * @param notes comments
     */
    record Rows(Source source, String table, Optional<String> by, Choice row, List<String> notes) implements Choice {

        /** What rows are made of. */
        public enum Source {
            /** Each element of an array. */
            ROWS,
            /** Each field of a document whose field names are data. */
            ENTRIES,
            /** One document, one to one. */
            ROW;

            /** What the file calls it. */
            String key() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** Copies the list. */
        public Rows {
            notes = List.copyOf(notes);
        }

        @Override
        public Rows withNotes(List<String> other) {
            return new Rows(source, table, by, row, other);
        }
    }

    /**
     * Is not carried over.
     *
     * @param notes comments
     */
    record LeftOut(List<String> notes) implements Choice {

        /** Copies the list. */
        public LeftOut {
            notes = List.copyOf(notes);
        }

        @Override
        public LeftOut withNotes(List<String> other) {
            return new LeftOut(other);
        }
    }

    /**
     * This as a column.
     *
     * @return empty if it is something else
     */
    default Optional<Column> asColumn() {
        return this instanceof Column one ? Optional.of(one) : Optional.empty();
    }
}
