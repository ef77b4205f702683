package io.docrows.cli.inspect;

import io.docrows.text.ForeignText;
import java.util.List;

/**
 * An inspection as the page shows it: every number as people read it, every text printable.
 *
 * @param title what was inspected
 * @param subtitle whether all of it was read
 * @param figures the numbers at the top
 * @param contents the collections, for jumping to them
 * @param diagram the tables that are proposed
 * @param references references between collections
 * @param collections the collections
 * @param program what made the page
 */
public record InspectPage(
        String title,
        String subtitle,
        List<Figure> figures,
        List<Jump> contents,
        Diagram diagram,
        List<Line> references,
        List<Section> collections,
        String program) {

    /** Copies the lists. */
    public InspectPage {
        title = ForeignText.printable(title);
        figures = List.copyOf(figures);
        contents = List.copyOf(contents);
        references = List.copyOf(references);
        collections = List.copyOf(collections);
    }

    /**
     * A number at the top.
     *
     * @param name what it counts
     * @param value the number
     * @param alert whether somebody has to decide something
     */
    public record Figure(String name, String value, boolean alert) {}

    /**
     * A collection to jump to.
     *
     * @param anchor the id of its section
     * @param name its name
     * @param documents how many documents
     * @param share how large it is beside the largest, as a CSS length
     */
    public record Jump(String anchor, String name, String documents, String share) {

        /** Makes the name printable. */
        public Jump {
            name = ForeignText.name(name);
        }
    }

    /**
     * One reference.
     *
     * @param from the path that refers
     * @param to the path that is referred to
     * @param found how many values are found
     * @param share the share that is found, as a CSS length
     * @param complete whether all are
     * @param note what else is to be said
     */
    public record Line(String from, String to, String found, String share, boolean complete, String note) {

        /** Makes the texts printable. */
        public Line {
            from = ForeignText.name(from);
            to = ForeignText.name(to);
            note = ForeignText.printable(note);
        }
    }

    /**
     * A collection.
     *
     * @param anchor the id of its section
     * @param name its name
     * @param summary how many documents, how large
     * @param rows its paths
     * @param findings what is to be said about it
     * @param tables the tables that are proposed for it
     * @param shared tables that could be split off from these
     */
    public record Section(
            String anchor,
            String name,
            String summary,
            List<Row> rows,
            List<Note> findings,
            List<Table> tables,
            List<Table> shared) {

        /** Makes the name printable and copies the lists. */
        public Section {
            name = ForeignText.name(name);
            rows = List.copyOf(rows);
            findings = List.copyOf(findings);
            tables = List.copyOf(tables);
            shared = List.copyOf(shared);
        }
    }

    /**
     * A path.
     *
     * @param name the last name of it
     * @param above the path it is in
     * @param indent how deep it is, as a CSS length
     * @param present the share that has it
     * @param absent missing and null in words
     * @param presence parts of a bar: values, nulls, and the rest missing
     * @param types the kinds in words
     * @param shares parts of a bar: the kinds
     * @param measured what was measured
     * @param histogram how sizes are spread
     */
    public record Row(
            String name,
            String above,
            String indent,
            String present,
            String absent,
            List<Part> presence,
            String types,
            List<Part> shares,
            String measured,
            Histogram histogram) {

        /** Makes the texts printable and copies the lists. */
        public Row {
            name = ForeignText.name(name);
            above = ForeignText.name(above);
            measured = ForeignText.printable(measured);
            presence = List.copyOf(presence);
            shares = List.copyOf(shares);
        }
    }

    /**
     * A part of a bar.
     *
     * @param kind the class that gives it its color
     * @param width its width as a CSS length
     */
    public record Part(String kind, String width) {}

    /**
     * A finding.
     *
     * @param weight the class that gives it its color
     * @param label what kind of finding it is
     * @param path the path; may be empty
     * @param message the sentences
     * @param id the {@code _id} of a document; may be empty
     */
    public record Note(String weight, String label, String path, String message, String id) {

        /** Makes the texts printable. */
        public Note {
            path = ForeignText.name(path);
            message = ForeignText.printable(message);
            id = ForeignText.name(id);
        }
    }

    /**
     * A proposed table.
     *
     * @param anchor the id of its part of the page
     * @param name its name
     * @param origin what becomes its rows
     * @param columns its columns
     * @param remarks reasons, and what is left out
     */
    public record Table(String anchor, String name, String origin, List<Column> columns, List<String> remarks) {

        /** Makes the texts printable and copies the lists. */
        public Table {
            name = ForeignText.name(name);
            origin = ForeignText.printable(origin);
            columns = List.copyOf(columns);
            remarks = remarks.stream().map(ForeignText::printable).toList();
        }
    }

    /**
     * A proposed column.
     *
     * @param name its name
     * @param marks key, unique, and what it refers to
     * @param nulls how many rows would be NULL; empty where that was not counted
     * @param choices its types with what they cost
     */
    public record Column(String name, List<String> marks, String nulls, List<Cost> choices) {

        /** Makes the texts printable and copies the lists. */
        public Column {
            name = ForeignText.name(name);
            marks = marks.stream().map(ForeignText::printable).toList();
            choices = List.copyOf(choices);
        }

        Column withoutNulls() {
            return new Column(name, marks, "", choices);
        }
    }

    /**
     * A type and its cost.
     *
     * @param type the type
     * @param cost what it takes, in words; empty for nothing
     * @param rejects whether documents would be rejected
     */
    public record Cost(String type, String cost, boolean rejects) {

        /** Makes the texts printable. */
        public Cost {
            cost = ForeignText.printable(cost);
        }
    }
}
