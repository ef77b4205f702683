package io.docrows.internal.table;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Join;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.mapping.TableMapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** All tables that one mapping fills, and the staging tables that belong to them. Immutable and thread-safe. */
public final class TableTree {

    private final RowTable documents;
    private final List<LinkTable> links;
    private final List<ChildTable> children;
    private final Stage stage;

    private TableTree(RowTable documents, List<LinkTable> links, List<ChildTable> children, Stage stage) {
        this.documents = documents;
        this.links = List.copyOf(links);
        this.children = List.copyOf(children);
        this.stage = stage;
    }

    /**
     * The tables of a mapping.
     *
     * @param mapping the mapping
     * @param catalog what the target says of its tables
     * @param stage where rows are staged
     * @return the tree
     */
    public static TableTree of(CollectionMapping<?> mapping, TableCatalog catalog, Stage stage) {
        RowTable documents = new RowTable(mapping, catalog, stage);
        List<LinkTable> links = new ArrayList<>();
        for (JoinMapping join : mapping.joins()) {
            links.add(new LinkTable(links.size(), join, documents));
        }
        List<ChildTable> children = new ArrayList<>();
        add(mapping.children(), documents, null, children);
        return new TableTree(documents, links, children, stage);
    }

    /** Each after its parent, in the order in which mappings number them. */
    private static void add(
            List<ChildMapping> mappings, RowTable documents, @Nullable ChildTable parent, List<ChildTable> children) {
        for (ChildMapping mapping : mappings) {
            ChildTable child = new ChildTable(children.size(), mapping, documents, parent);
            children.add(child);
            add(mapping.children(), documents, child, children);
        }
    }

    /**
     * The documents' own table.
     *
     * @return the root
     */
    public RowTable documents() {
        return documents;
    }

    /**
     * The join tables.
     *
     * @return the tables, by number
     */
    public List<LinkTable> links() {
        return links;
    }

    /**
     * The child tables, each after its parent.
     *
     * @return the tables, by number
     */
    public List<ChildTable> children() {
        return children;
    }

    /**
     * Whether the row of any element may wait for another row.
     *
     * @return true if a child table has such a reference
     */
    public boolean hasPendingElements() {
        return children.stream().anyMatch(child -> child.references().stream().anyMatch(Reference::waits));
    }

    /**
     * The child tables, each before its parent.
     *
     * @return the tables, from the bottom up
     */
    public List<ChildTable> childrenFromBelow() {
        List<ChildTable> reversed = new ArrayList<>(children);
        Collections.reverse(reversed);
        return reversed;
    }

    /**
     * Where rows are staged.
     *
     * @return the names of the staging tables
     */
    public Stage stage() {
        return stage;
    }

    /**
     * Every table that a mapping writes, but for lookup tables.
     *
     * @param mapping the mapping
     * @return the documents' own table first, each child table after its parent
     */
    public static List<Table<?>> tables(CollectionMapping<?> mapping) {
        return mapping.tables();
    }

    /**
     * Every reference of a mapping, at any depth.
     *
     * @param mapping the mapping of a collection, or of a part of its documents
     * @return the references of its table, then those of the tables below
     */
    public static List<ReferenceMapping<?>> references(TableMapping mapping) {
        List<ReferenceMapping<?>> references = new ArrayList<>(mapping.references());
        mapping.children().forEach(child -> references.addAll(references(child)));
        return references;
    }

    /**
     * The tables with rows that those of a mapping refer to.
     *
     * @param mapping the mapping of a collection
     * @return lookup tables and those of other documents, some of them maybe twice
     */
    public static List<Table<?>> tablesReferredTo(CollectionMapping<?> mapping) {
        List<Table<?>> tables = new ArrayList<>();
        references(mapping).forEach(reference -> tables.add(QualifiedName.tableOf(reference.parentKey())));
        mapping.joins()
                .forEach(join -> tables.add(QualifiedName.tableOf(join.join().lookup())));
        return tables;
    }

    /**
     * Every table that documents bring rows to.
     *
     * @param mapping the mapping of a collection
     * @return those that the mapping writes, and the lookup tables that are filled on the way
     */
    public static List<Table<?>> tablesFilled(CollectionMapping<?> mapping) {
        List<Table<?>> tables = new ArrayList<>(mapping.tables());
        references(mapping).stream()
                .filter(ReferenceMapping::insertMissing)
                .forEach(reference -> tables.add(QualifiedName.tableOf(reference.parentKey())));
        mapping.joins().stream()
                .map(JoinMapping::join)
                .filter(Join::insertsMissing)
                .forEach(join -> tables.add(QualifiedName.tableOf(join.lookup())));
        return tables;
    }

    /**
     * The child tables below a table, at any depth.
     *
     * @param mapping the table's mapping
     * @return the mappings of the child tables, each after its parent
     */
    public static List<ChildMapping> children(TableMapping mapping) {
        List<ChildMapping> children = new ArrayList<>();
        for (ChildMapping child : mapping.children()) {
            children.add(child);
            children.addAll(children(child));
        }
        return children;
    }
}
