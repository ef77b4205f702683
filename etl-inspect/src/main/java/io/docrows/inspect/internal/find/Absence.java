package io.docrows.inspect.internal.find;

import static io.docrows.inspect.internal.find.Subject.number;

import io.docrows.inspect.fact.Finding.Weight;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import java.util.ArrayList;
import java.util.List;

/** Values that say nothing, and the several ways in which nothing is said. */
final class Absence {

    private Absence() {}

    static void find(PathFacts path, Subject subject) {
        long present = path.present();
        if (present == 0) {
            subject.add(
                    FindingCode.ALWAYS_NULL,
                    Weight.NOTE,
                    path,
                    Kind::isNull,
                    "Always null, " + number(path.values(), "time") + ": its type is not known.");
            return;
        }
        long emptyDocuments = path.count(Kind.DOCUMENT_EMPTY);
        if (emptyDocuments == present) {
            subject.add(
                    FindingCode.NO_INFORMATION,
                    Weight.NOTE,
                    path,
                    Kind.DOCUMENT_EMPTY::equals,
                    "Always an empty document, " + number(present, "time")
                            + ": what was meant is lost (a Set, URL, Error or"
                            + " date that the writer could not store). No column is proposed.");
            return;
        }
        List<String> ways = new ArrayList<>();
        way(ways, path.missing(), "missing");
        way(ways, path.values() - present, "null");
        way(ways, path.count(Kind.TEXT_EMPTY), "empty text");
        way(ways, path.count(Kind.ARRAY_EMPTY), "empty array");
        way(ways, emptyDocuments, "empty document");
        if (ways.size() > 1) {
            subject.add(
                    FindingCode.ABSENT_NULL_EMPTY,
                    Weight.NOTE,
                    path,
                    "Nothing is said in several ways: " + String.join(", ", ways)
                            + ". In PostgreSQL missing and null are both NULL.");
        }
        if (path.few().size() == 1 && present > 1 && path.few().get(0).count() == present) {
            subject.add(FindingCode.CONSTANT, Weight.NOTE, path, "The same value wherever it is there.");
        }
    }

    private static void way(List<String> ways, long count, String name) {
        if (count > 0) {
            ways.add(number(count) + " " + name);
        }
    }
}
