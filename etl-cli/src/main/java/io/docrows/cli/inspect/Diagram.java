package io.docrows.cli.inspect;

import java.util.List;

/**
 * An entity diagram: boxes and the lines between them, with all coordinates in the picture's own units.
 *
 * @param width of the picture
 * @param height of the picture
 * @param boxes the tables
 * @param edges the foreign keys
 * @param description the same in words
 */
public record Diagram(int width, int height, List<Box> boxes, List<Edge> edges, String description) {

    /** Copies the lists. */
    public Diagram {
        boxes = List.copyOf(boxes);
        edges = List.copyOf(edges);
    }

    /**
     * A table.
     *
     * @param anchor the part of the page that tells more
     * @param x its left side
     * @param y its upper side
     * @param width its width
     * @param height its height
     * @param name its name, cut to fit
     * @param title its name and what its rows are
     * @param rows how many rows
     * @param kind the class that gives it its color
     * @param fields its columns
     */
    public record Box(
            String anchor,
            int x,
            int y,
            int width,
            int height,
            String name,
            String title,
            String rows,
            String kind,
            List<Field> fields) {

        /** Copies the list. */
        public Box {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A column.
     *
     * @param y its base line
     * @param name its name, cut to fit
     * @param type its type, cut to fit
     * @param kind the class that gives it its look: key, reference or plain
     */
    public record Field(int y, String name, String type, String kind) {}

    /**
     * A foreign key.
     *
     * @param path how the line runs, as SVG's path data
     * @param title what refers to what
     * @param kind the class that gives it its look: complete or with orphans
     */
    public record Edge(String path, String title, String kind) {}
}
