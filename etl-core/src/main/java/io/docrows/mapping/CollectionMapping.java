package io.docrows.mapping;

import io.docrows.internal.column.ColumnType;
import io.docrows.internal.decode.MappingAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;

/**
 * How the documents of one collection become rows of one table and of the tables around it. Immutable, thread-safe,
 * compiled once, and usable without a database.
 *
 * <p>Columns that are not mapped keep their default on insert and their value on update. A column that is NOT NULL and
 * has a default may be mapped to an optional field: where the field is missing, a new row gets the default and an old
 * one keeps what it has. Rows below a document that are known by their position get the default, if it is a constant.
 *
 * @param <R> the generated record type of the mapped table
 */
public final class CollectionMapping<R extends TableRecord<R>> implements TableMapping {

    static {
        MappingAccess.open(new CompiledAccess());
    }

    private final String collection;
    private final Table<R> table;
    private final List<TableField<R, ?>> key;
    private final List<ColumnMapping> columns;
    private final List<ReferenceMapping<R>> references;
    private final List<JoinMapping> joins;
    private final List<ChildMapping> children;
    private final Optional<TableField<?, ?>> deletedAt;
    private final DecodePlan plan;
    private final List<PolicySite> policies;
    private final List<String> watermark;
    private final List<String> description;
    private final boolean identifiedByKey;
    private final Optional<Condition> condition;
    private final Map<TableField<R, ?>, Object> owned;
    private final boolean sharing;

    @SuppressWarnings("unchecked") // The draft takes references of this table's columns only.
    CollectionMapping(MappingDraft<R> draft, DecodePlan plan) {
        this.collection = draft.collection();
        this.table = draft.table;
        this.key = List.copyOf(draft.key());
        this.columns = List.copyOf(draft.columns);
        this.references = draft.references.stream()
                .<ReferenceMapping<R>>map(reference -> (ReferenceMapping<R>) reference)
                .toList();
        this.joins = List.copyOf(draft.joins());
        this.children = List.copyOf(draft.childMappings());
        this.deletedAt = draft.deletedAt();
        this.plan = plan;
        this.policies = List.copyOf(draft.shared.policies);
        this.watermark = List.copyOf(draft.watermark());
        this.description = draft.description();
        this.identifiedByKey = draft.identifying();
        this.condition = draft.condition();
        this.owned = Collections.unmodifiableMap(new LinkedHashMap<>(draft.owned()));
        this.sharing = false;
    }

    private CollectionMapping(CollectionMapping<R> other, List<String> watermark, boolean sharing) {
        this.collection = other.collection;
        this.table = other.table;
        this.key = other.key;
        this.columns = other.columns;
        this.references = other.references;
        this.joins = other.joins;
        this.children = other.children;
        this.deletedAt = other.deletedAt;
        this.plan = other.plan;
        this.policies = other.policies;
        this.watermark = List.copyOf(watermark);
        this.description = other.description;
        this.identifiedByKey = other.identifiedByKey && !sharing;
        this.condition = other.condition;
        this.owned = other.owned;
        this.sharing = sharing;
    }

    /**
     * Begins a mapping.
     *
     * @param collection the name of the collection to read
     * @param table the generated table to write
     * @param <R> the table's record type
     * @return a builder
     */
    public static <R extends TableRecord<R>> Builder<R> of(String collection, Table<R> table) {
        return new Builder<>(new MappingDraft<>(
                Objects.requireNonNull(collection, "collection"), Objects.requireNonNull(table, "table")));
    }

    /**
     * The name of the collection.
     *
     * @return the name
     */
    public String collection() {
        return collection;
    }

    @Override
    public Table<R> table() {
        return table;
    }

    /**
     * The columns by which a document finds its row again. Together they are unique.
     *
     * @return at least one column; they are the first of {@link #columns()}
     */
    public List<TableField<R, ?>> key() {
        return key;
    }

    /**
     * Whether the key is the canonical text of the document's {@code _id}, so that a row leads back to its document.
     *
     * @return true if the key is mapped with {@code id("_id")}
     */
    boolean keyedById() {
        FieldBinding binding = plan.bindings().get(0);
        return key.size() == 1
                && binding.reader() == Values.ID
                && !binding.composed()
                && binding.paths().equals(List.of(FieldPath.of(List.of("_id"))));
    }

    /**
     * Whether two documents have the same key only if MongoDB holds their {@code _id}s equal: the key is the
     * {@code _id}, read in a way that tells all of them apart. What the column holds equal is another question.
     *
     * @return false for a key from any other field, and for one that was converted
     */
    boolean identifiedByKey() {
        return identifiedByKey;
    }

    /**
     * All that decides what becomes of a document, as text: paths, columns and their types, kinds of values, options,
     * policies, references, joins, the watermark. Of conversions, which are code, it says only where there is one.
     *
     * @return one line for each call of the builder, in an order that does not depend on the order of the calls; the
     *     same for mappings that were built alike
     */
    List<String> description() {
        List<String> all = new ArrayList<>(description);
        all.add("WATERMARK " + watermark.stream().map(ValueTerms::quoted).toList());
        return all;
    }

    @Override
    public List<ColumnMapping> columns() {
        return columns;
    }

    @Override
    public List<ReferenceMapping<R>> references() {
        return references;
    }

    @Override
    public List<ChildMapping> children() {
        return children;
    }

    /**
     * Every table that documents fill: their own, join tables, and the tables below a document at any depth. Tables
     * that others refer to, and in which missing rows may be inserted, are not among them.
     *
     * @return the documents' own table first, each child table after its parent
     */
    public List<Table<?>> tables() {
        List<Table<?>> tables = new ArrayList<>(List.of(table));
        joins.forEach(join -> tables.add(join.join().table()));
        addTables(children, tables);
        return tables;
    }

    private static void addTables(List<ChildMapping> below, List<Table<?>> tables) {
        for (ChildMapping child : below) {
            tables.add(child.table());
            addTables(child.children(), tables);
        }
    }

    /**
     * The join tables.
     *
     * @return the joins, by index
     */
    public List<JoinMapping> joins() {
        return joins;
    }

    /**
     * The column that says when a row was found to have no document any more. It is among {@link #columns()}, with no
     * path: a document always fills it with NULL.
     *
     * @return the column, if the mapping names one
     */
    public Optional<TableField<?, ?>> deletedAt() {
        return deletedAt;
    }

    /**
     * The field that tells when a document was changed last.
     *
     * @return the names that lead to it, from the outside in; empty if the mapping names none
     */
    public List<String> watermark() {
        return watermark;
    }

    /**
     * The constants that tell the rows of this mapping from those of others in the same table: those of the key, and
     * those named with {@link Builder#owns}. All other rows are none of its business.
     *
     * @return values by column; none for a mapping whose rows are all there are
     */
    public Map<TableField<R, ?>, Object> owned() {
        return owned;
    }

    /** The same mapping, where another one fills its table and nothing tells their rows apart. */
    CollectionMapping<R> sharingRows() {
        return new CollectionMapping<>(this, watermark, true);
    }

    /** Whether rows of its table may be another mapping's without saying so. */
    boolean sharesRows() {
        return sharing;
    }

    /**
     * Which documents of the collection the mapping takes; see {@link Builder#where}.
     *
     * @return the condition; empty for a mapping that takes all of them
     */
    public Optional<Condition> condition() {
        return condition;
    }

    /**
     * The same mapping with another field that tells when a document was changed last; see {@link Builder#watermark}.
     *
     * @param path the names that lead to the field, from the outside in; none for no such field
     * @return a mapping with that watermark
     */
    public CollectionMapping<R> withWatermark(String... path) {
        return new CollectionMapping<>(this, List.of(path), sharing);
    }

    /**
     * Decodes one document. For tests without a database: a run decodes many documents with one decoder.
     *
     * @param bson one document, as raw BSON; kept by the result, not copied
     * @return the mapped document, or why it is rejected, or that the mapping does not take it
     */
    public Decoded<R> decode(byte[] bson) {
        return decoder().decode(bson);
    }

    /**
     * A decoder for many documents.
     *
     * @return a new decoder, for one thread
     */
    DocumentDecoder<R> decoder() {
        return new DocumentDecoder<>(this, plan, binding -> binding, policies, field -> false);
    }

    /**
     * A decoder for many documents that are written into a target.
     *
     * @param types the columns' types there
     * @param elsewhere whether another mapping that takes the document in hand knows a field, by its path
     * @return a new decoder, for one thread
     */
    DocumentDecoder<R> decoder(Function<TableField<?, ?>, ColumnType<?>> types, Predicate<String> elsewhere) {
        return new DocumentDecoder<>(this, plan, binding -> binding.in(types), policies, elsewhere);
    }

    /**
     * Where in its array a document has an element of a join.
     *
     * @param join the number of the join among {@link #joins()}
     * @param document the document that the element was decoded from
     * @param element the element, as decoded
     * @return the number of the first such element, from 0; -1 if there is none
     */
    int indexOf(int join, byte[] document, Object element) {
        return ElementSearch.indexOf(
                plan.bindings().get(columns.size() + references.size() + join), policies.size(), document, element);
    }

    /** Whether a field is mapped or left out on purpose, by its path as drift tells it. */
    boolean knows(String field) {
        return plan.knowsAll() || plan.root().knows(field);
    }

    /**
     * A decoder that reads keys only.
     *
     * @return a new decoder, for one thread
     */
    FieldKeyDecoder keyDecoder() {
        return new FieldKeyDecoder(plan.bindings().subList(0, key.size()), policies.size());
    }

    @Override
    public String toString() {
        return collection + " -> " + table.getName();
    }

    /**
     * Collects a mapping. Each method checks its own arguments; {@link #build()} checks the whole. Not thread-safe.
     *
     * @param <R> the generated record type of the mapped table
     */
    public static final class Builder<R extends TableRecord<R>> extends TableBuilder<R, Builder<R>> {

        private final MappingDraft<R> draft;

        private Builder(MappingDraft<R> draft) {
            super(draft);
            this.draft = draft;
        }

        @Override
        Builder<R> self() {
            return this;
        }

        /**
         * Maps a column by which a document finds its row again. Call it again for a key of several columns. A unique
         * constraint has to cover exactly these columns.
         *
         * @param column the key column
         * @param value its value; required
         * @param <T> the column's Java type
         * @return this
         */
        public <T> Builder<R> key(TableField<R, T> column, Value<? extends T> value) {
            draft.key(column, value);
            return this;
        }

        /**
         * Maps an array to the rows of a join table. After a load they equal the array exactly: what left the array is
         * deleted. Elements that occur twice are linked once.
         *
         * @param elements the array
         * @param join the join table and what its other side is looked up by
         * @param <T> the type of the lookup column
         * @return this
         */
        public <T> Builder<R> manyToMany(ListValue<? extends T> elements, Join<T> join) {
            draft.join(elements, join);
            return this;
        }

        /**
         * Names the column that says when a row was found to have no document any more, for runs that mark such rows
         * instead of deleting them. While the document exists, the column is NULL.
         *
         * @param column a nullable {@code timestamptz} column that is not mapped otherwise
         * @return this
         */
        public Builder<R> deletedAt(TableField<R, Instant> column) {
            draft.deletedAt(column);
            return this;
        }

        /**
         * Names the field that holds the date of a document's last change. A run then reads only documents with a date
         * at or after the last completed run's high-water mark, minus an overlap, and leaves the others as they are.
         * The application has to set the field at every change. Only values of the BSON type date count: documents with
         * anything else there, or nothing, are found by runs that read all.
         *
         * @param path the names that lead to the field, from the outside in
         * @return this
         */
        public Builder<R> watermark(String... path) {
            draft.watermark(List.of(path));
            return this;
        }

        /**
         * Names a column that tells the rows of this mapping from those of others in the same table: all of its rows
         * have this value there, and every row that has it is its own. It updates, deletes, compares and verifies no
         * others. A document whose key belongs to a row with another value is rejected with {@code DUPLICATE_KEY}; a
         * row in which the column is NULL is nobody's, and is taken by the first document with its key. Needed once for
         * each mapping of a table that several fill. A constant that is part of the key, {@code .key(T.KIND,
         * constant("a"))}, does the same, and lets the others have the same keys beside it.
         *
         * @param column the column, mapped by this call
         * @param value the value
         * @param <T> the column's Java type
         * @return this
         */
        public <T> Builder<R> owns(TableField<R, T> column, T value) {
            draft.owns(column, value);
            return this;
        }

        /**
         * Takes only the documents for which a condition holds. Others are no concern of this mapping: they are neither
         * decoded nor checked, and count as {@linkplain io.docrows.report.Counts#unmatched unmatched} unless another
         * mapping of the collection takes them. Called again, all of the conditions have to hold. A field that only the
         * condition names is not unknown.
         *
         * <p>A row whose document is not taken any more, because it has changed, is one without a document: it stays
         * until a run deletes such rows.
         *
         * @param condition the condition, made with {@link Conditions}
         * @return this
         */
        public Builder<R> where(Condition condition) {
            draft.where(Objects.requireNonNull(condition, "condition"));
            return this;
        }

        /**
         * Rejects documents with a field that is neither mapped nor ignored, instead of counting such fields. Where
         * several mappings of a pipeline take the document, a field that any of them maps or ignores will do.
         *
         * @return this
         */
        public Builder<R> strict() {
            draft.strict();
            return this;
        }

        /**
         * Checks the whole mapping and compiles it.
         *
         * @return the mapping
         * @throws io.docrows.error.DocrowsException {@code INVALID_MAPPING}, listing every problem at once: no key or
         *     one without a unique constraint, a NOT NULL column without default that is not mapped, a column or field
         *     mapped in two ways that exclude each other, a type without a lossless conversion, a reference or join
         *     without the foreign keys it needs
         */
        public CollectionMapping<R> build() {
            return draft.build();
        }
    }
}
