package io.docrows.cli.report;

import io.docrows.text.ForeignText;
import java.util.List;

/**
 * What stands on the page, ready to be printed: short, and {@linkplain ForeignText printable} whoever chose it. The
 * page escapes what HTML would take for its own.
 *
 * @param title the run
 * @param status how it ended, in one word
 * @param ending how it ended, in a sentence
 * @param failure why it could not go on; empty if it could
 * @param source where documents came from, without secrets
 * @param target where rows went, without secrets
 * @param figures the few numbers to see first
 * @param facts how it was run
 * @param collections what became of the documents, by collection
 * @param total what became of them all
 * @param unmatched documents that no mapping takes, by collection, in sentences
 * @param tables rows written, by table
 * @param wide throughput over time, for wide screens
 * @param narrow the same for narrow ones
 * @param phases where the time went, by collection
 * @param besides what the time was needed for besides the collections; empty if that is hardly any
 * @param rejects rejected documents by reason
 * @param moreRejects how many rejects are not among these, in a sentence; empty if all are
 * @param rejectsCommand the command that lists the rejects
 * @param conversions values that a policy changed, where they would have cost their documents
 * @param deletions rows whose document is gone, by table, in sentences
 * @param drift fields that are not mapped
 * @param mixes fields whose values are of several types, or new to an enumeration
 * @param pending references that wait for a document
 * @param retries what had to be tried again
 * @param past the last runs, this one included
 * @param comparison how this run differs from the one before; empty if there is none like it
 * @param program what wrote this page
 */
public record ReportPage(
        String title,
        String status,
        String ending,
        String failure,
        String source,
        String target,
        List<Fact> figures,
        List<Fact> facts,
        List<CountsRow> collections,
        CountsRow total,
        List<String> unmatched,
        List<TableRow> tables,
        ThroughputChart wide,
        ThroughputChart narrow,
        List<PhasesRow> phases,
        String besides,
        List<Rejects> rejects,
        String moreRejects,
        String rejectsCommand,
        List<ConversionRow> conversions,
        List<String> deletions,
        List<DriftRow> drift,
        List<DriftRow> mixes,
        String pending,
        List<Fact> retries,
        List<PastRow> past,
        String comparison,
        String program) {

    /** Copies the lists. */
    public ReportPage {
        title = ForeignText.printable(title);
        failure = ForeignText.printable(failure);
        source = ForeignText.printable(source);
        target = ForeignText.printable(target);
        figures = List.copyOf(figures);
        facts = List.copyOf(facts);
        collections = List.copyOf(collections);
        unmatched = List.copyOf(unmatched);
        tables = List.copyOf(tables);
        phases = List.copyOf(phases);
        rejects = List.copyOf(rejects);
        conversions = List.copyOf(conversions);
        deletions = List.copyOf(deletions);
        drift = List.copyOf(drift);
        mixes = List.copyOf(mixes);
        retries = List.copyOf(retries);
        past = List.copyOf(past);
    }

    /**
     * A name and a value.
     *
     * @param name what it is
     * @param value what it says
     */
    public record Fact(String name, String value) {

        /** Makes them printable. */
        public Fact {
            name = ForeignText.name(name);
            value = ForeignText.printable(value);
        }
    }

    /**
     * Rejects for one reason.
     *
     * @param code the reason
     * @param meaning the reason in words
     * @param documents how many documents
     * @param places where it was met
     */
    public record Rejects(String code, String meaning, String documents, List<Place> places) {

        /** Copies the list. */
        public Rejects {
            places = List.copyOf(places);
        }
    }

    /**
     * Where a reason was met.
     *
     * @param collection the collection
     * @param path where in the document; empty for the whole of it
     * @param column the column the value was meant for; empty if there is none
     * @param documents how many documents
     */
    public record Place(String collection, String path, String column, String documents) {

        /** Makes the names printable. */
        public Place {
            collection = ForeignText.name(collection);
            path = ForeignText.name(path);
            column = ForeignText.name(column);
        }
    }

    /**
     * What was written into one table.
     *
     * @param table the table, with its schema
     * @param collection the collection whose documents fill it
     * @param inserted new rows
     * @param updated rows that changed
     * @param deleted rows that left their document
     */
    public record TableRow(String table, String collection, String inserted, String updated, String deleted) {

        /** Makes the names printable. */
        public TableRow {
            table = ForeignText.name(table);
            collection = ForeignText.name(collection);
        }
    }

    /**
     * Values of a field that a policy changed.
     *
     * @param collection the collection
     * @param path where in the document
     * @param column the column
     * @param policy what was done
     * @param values how many
     */
    public record ConversionRow(String collection, String path, String column, String policy, String values) {

        /** Makes the names printable. */
        public ConversionRow {
            collection = ForeignText.name(collection);
            path = ForeignText.name(path);
            column = ForeignText.name(column);
        }
    }

    /**
     * A field that is not as the mapping expects it.
     *
     * @param collection the collection
     * @param path the field
     * @param documents how many documents have it, or have what is unexpected of it
     */
    public record DriftRow(String collection, String path, String documents) {

        /** Makes the names printable. */
        public DriftRow {
            collection = ForeignText.name(collection);
            path = ForeignText.name(path);
        }
    }
}
