package io.docrows.inspect.fact;

import java.util.List;
import java.util.Optional;

/**
 * A path of a collection, and all that was measured of its values. Immutable.
 *
 * @param path the names from the outside in, joined by dots, a blank one or one with dots in quotes; {@code []} stands
 *     for the elements of an array, <code>{}
 *     </code> for fields whose names are data
 * @param names the same, name by name
 * @param owners how many documents, sub-documents or arrays could have the value: for a field the documents it is a
 *     field of, for elements the elements themselves
 * @param values how many there are, nulls included
 * @param documents in how many documents of the collection; below fields whose names are data, at most this many
 * @param missing how many owners do not have it
 * @param bytes how many bytes the values take
 * @param repeatedNames how often a document has the field twice
 * @param kinds the kinds of the values, with their counts
 * @param numbers of whole numbers, doubles and decimals, if there are any
 * @param textNumbers of texts that are numbers
 * @param texts of texts
 * @param dates of dates
 * @param binaries of binary data
 * @param lengths of arrays: how many elements
 * @param fields of documents: how many fields
 * @param fieldNames of documents whose field names are data
 * @param distinct how many different values that can be keys
 * @param contents how many different documents
 * @param few the values and their counts, if there are few different ones
 * @param arraysWithRepeats in how many arrays a value occurs twice; empty where it was not counted
 * @param cutOff documents and arrays that were too deep to be looked into
 */
public record PathFacts(
        String path,
        List<String> names,
        long owners,
        long values,
        long documents,
        long missing,
        long bytes,
        long repeatedNames,
        List<KindFacts> kinds,
        Optional<NumberFacts> numbers,
        Optional<NumberFacts> textNumbers,
        Optional<TextFacts> texts,
        Optional<DateFacts> dates,
        Optional<BinaryFacts> binaries,
        Optional<SizeFacts> lengths,
        Optional<SizeFacts> fields,
        Optional<NameFacts> fieldNames,
        Optional<DistinctFacts> distinct,
        Optional<DistinctFacts> contents,
        List<ValueCount> few,
        Optional<Long> arraysWithRepeats,
        long cutOff) {

    /** Copies the lists. */
    public PathFacts {
        names = List.copyOf(names);
        kinds = List.copyOf(kinds);
        few = List.copyOf(few);
    }

    /**
     * How many values are of a kind.
     *
     * @param kind a kind
     * @return the count
     */
    public long count(Kind kind) {
        for (KindFacts one : kinds) {
            if (one.kind() == kind) {
                return one.values();
            }
        }
        return 0;
    }

    /**
     * How many values are neither null nor undefined.
     *
     * @return the count
     */
    public long present() {
        return values - count(Kind.NULL) - count(Kind.UNDEFINED);
    }

    /**
     * How many values are documents.
     *
     * @return the count
     */
    public long objects() {
        return kinds.stream()
                .filter(one -> one.kind().isDocument())
                .mapToLong(KindFacts::values)
                .sum();
    }

    /**
     * How many values are arrays.
     *
     * @return the count
     */
    public long arrays() {
        return kinds.stream()
                .filter(one -> one.kind().isArray())
                .mapToLong(KindFacts::values)
                .sum();
    }

    /**
     * Whether the path is within an array or below fields whose names are data, so that a document may have several.
     *
     * @return true if it is
     */
    public boolean isRepeated() {
        return names.contains("[]") || names.contains("{}");
    }

    /**
     * The last name.
     *
     * @return the name of the field
     */
    public String name() {
        return names.get(names.size() - 1);
    }

    /**
     * The path of what it is in.
     *
     * @return empty for a field of the document itself
     */
    public String parent() {
        return join(names.subList(0, names.size() - 1));
    }

    /**
     * Names as a path.
     *
     * @param names from the outside in
     * @return joined by dots, with brackets right behind the array's name
     */
    public static String join(List<String> names) {
        StringBuilder path = new StringBuilder();
        for (String name : names) {
            if (path.length() > 0 && !name.equals("[]")) {
                path.append('.');
            }
            path.append(name.isBlank() || name.indexOf('.') >= 0 ? "\"" + name + "\"" : name);
        }
        return path.toString();
    }
}
