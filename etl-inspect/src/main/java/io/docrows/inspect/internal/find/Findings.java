package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Finding;
import io.docrows.inspect.fact.Finding.Weight;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.PathFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes facts of collections, with all that is to be said about them. */
public final class Findings {

    private Findings() {}

    /**
     * A collection with its findings.
     *
     * @param collection what the first reading measured
     * @param second what the second look counted
     * @param complete whether every document was read
     * @return facts
     */
    public static CollectionFacts of(MeasuredCollection collection, SecondLook second, boolean complete) {
        Subject subject = new Subject(
                collection,
                second.keys(collection.name()),
                second.discriminators(collection.name()),
                second.entities(collection.name()));
        whole(subject);
        List<PathFacts> paths = subject.paths();
        for (PathFacts path : paths) {
            PostgresLimits.find(path, subject);
            TypeMixes.find(path, subject);
            TextsOfOtherTypes.find(path, subject);
            Absence.find(path, subject);
            Times.find(path, subject);
            Shapes.find(path, subject);
        }
        NamesOfFields.find(subject);
        Structure.find(subject);
        List<Finding> findings = new ArrayList<>(subject.findings());
        findings.sort(Comparator.comparing(Finding::weight));
        return new CollectionFacts(
                collection.name(),
                collection.documents(),
                collection.bytes(),
                collection.largest(),
                collection.damaged(),
                complete,
                paths,
                subject.keys(),
                subject.discriminators(),
                subject.entities(),
                findings);
    }

    private static void whole(Subject subject) {
        MeasuredCollection collection = subject.collection();
        if (collection.damaged() > 0) {
            subject.findings()
                    .add(new Finding(
                            FindingCode.DAMAGED_DOCUMENTS,
                            Weight.DECIDE,
                            "",
                            collection.damaged(),
                            collection.damagedId(),
                            Subject.number(collection.damaged(), "document")
                                    + (collection.damaged() == 1 ? " is" : " are")
                                    + " not valid BSON inside, and would be rejected. What can be read of"
                                    + (collection.damaged() == 1 ? " it" : " them")
                                    + " was measured."));
        }
        collection.paths().stream()
                .map(MeasuredPath::facts)
                .filter(path -> path.names().equals(List.of("{}")))
                .forEach(path -> subject.add(
                        FindingCode.NAMES_ARE_DATA,
                        Weight.DECIDE,
                        path,
                        "The documents have too many different field names for columns: all but _id are taken"
                                + " for data."));
        if (collection.lessDetail()) {
            subject.findings()
                    .add(new Finding(
                            FindingCode.LESS_DETAIL,
                            Weight.NOTE,
                            "",
                            collection.documents(),
                            java.util.Optional.empty(),
                            "There are more paths than are held in memory, so field names are taken for data sooner."));
        }
    }
}
