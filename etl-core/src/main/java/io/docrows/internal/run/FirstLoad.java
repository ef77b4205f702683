package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.bulkload.ConstraintDrop;
import io.docrows.internal.bulkload.ConstraintRebuild;
import io.docrows.internal.bulkload.DuplicateRows;
import io.docrows.internal.bulkload.RefusedConstraint;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.CheckpointStore.Checkpoint;
import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.internal.metadata.DroppedConstraints;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.BatchWriter;
import io.docrows.internal.write.SharedWriter;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import io.docrows.run.RunOptions;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.bson.BsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first load of a collection into empty tables: their constraints are dropped before it and rebuilt after it. What
 * a rebuilt constraint would refuse is taken out of the tables and read once more, under all constraints, so that it
 * ends where it would have ended without any of this.
 */
final class FirstLoad {

    private static final Logger LOG = LoggerFactory.getLogger(FirstLoad.class);

    /** With fewer documents there is nothing to be gained. */
    private static final long MANY = 20_000;

    /** The most _ids that one partition lists. */
    private static final int IDS_AT_ONCE = 100_000;

    private final RunSession session;
    private final Rebuilding rebuilding;
    private final RunContext context;
    private final MappedCollection collection;
    private final List<String> tables;

    FirstLoad(RunContext context, MappedCollection collection) {
        this.session = context.session();
        this.rebuilding = Rebuilding.of(context);
        this.context = context;
        this.collection = collection;
        this.tables = collection.mappings().stream()
                .flatMap(mapping -> ConstraintDrop.tables(mapping).stream())
                .distinct()
                .toList();
    }

    /** The tables that are loaded, lookup tables excluded. */
    List<String> tables() {
        return tables;
    }

    /**
     * Whether documents can be copied straight into the tables: because this run began to do so before it was cut off,
     * or because it begins now.
     *
     * @param later what the run loads after this collection
     */
    boolean begin(
            Map<CollectionMapping<?>, TableCatalog> catalogs,
            List<Checkpoint> checkpoints,
            boolean resumable,
            List<CollectionMapping<?>> later)
            throws SQLException {
        if (!missing().isEmpty()) {
            return true;
        }
        RunOptions options = context.options();
        boolean fresh = checkpoints.stream().allMatch(checkpoint -> checkpoint.position() == null);
        if (!resumable || !fresh || !worthwhile(options) || !canCopy(catalogs)) {
            return false;
        }
        return session.transaction("dropping constraints", connection -> {
            CheckpointStore.requireOwner(connection, context.run(), context.owner());
            if (!missing(connection).isEmpty()) {
                // Done before, but the answer to the COMMIT was lost.
                return true;
            }
            boolean dropped = ConstraintDrop.drop(connection, context.pipeline(), context.run(), collection, later);
            if (!dropped) {
                connection.rollback();
            }
            return dropped;
        });
    }

    private boolean canCopy(Map<CollectionMapping<?>, TableCatalog> catalogs) {
        return collection.mappings().size() == 1
                ? BatchWriter.canCopy(collection.first(), Objects.requireNonNull(catalogs.get(collection.first())))
                : SharedWriter.canCopy(collection, mapping -> Objects.requireNonNull(catalogs.get(mapping)));
    }

    private boolean worthwhile(RunOptions options) {
        return switch (options.bulkLoad()) {
            case NEVER -> false;
            case ALWAYS -> true;
            case AUTO -> {
                OptionalLong estimate = context.source().estimatedCount(collection.name());
                yield estimate.orElse(MANY) >= MANY;
            }
        };
    }

    /**
     * Rebuilds what decides which rows there are: the unique constraints of the mapped tables.
     *
     * @return false if values occur more than once, or may be too large for an index, or the run was stopped: then the
     *     collection is not complete, and {@link #rebuild()} has to see to the rest
     */
    boolean rebuildUnique() throws SQLException {
        List<DroppedConstraint> unique = missing().stream()
                .filter(constraint ->
                        constraint.isUnique() && collection.mappings().stream().anyMatch(constraint::isOf))
                .toList();
        if (!rebuilding.rebuild(unique).isEmpty() || context.isStopped()) {
            return false;
        }
        List<DroppedConstraint> rest = missing();
        return !session.call(
                "looking for values that are too large for an index",
                connection -> ConstraintRebuild.mayBeTooSmall(connection, rest));
    }

    /** Rebuilds what is missing, but for foreign keys, over one connection, while other collections are loaded. */
    void rebuildRest() throws SQLException {
        List<RefusedConstraint> refused = rebuilding.rebuildAside(missing());
        if (!refused.isEmpty()) {
            throw refused(refused.get(0));
        }
    }

    private static DocrowsException refused(RefusedConstraint refused) {
        return new DocrowsException(
                ErrorCode.TARGET_FAILED,
                "The " + refused + " cannot be rebuilt, because " + refused.reason() + ". Delete such rows of "
                        + refused.constraint().table() + ", and run the pipeline again.");
    }

    /**
     * Rebuilds what is missing, but for foreign keys; documents whose rows had to go are planned to be read once more.
     */
    void rebuild() throws SQLException {
        rebuilding.rebuildAll(collection.mappings(), new Rebuilding.Owner() {
            @Override
            public List<DroppedConstraint> missing() throws SQLException {
                return FirstLoad.this.missing();
            }

            @Override
            public int takeOut(RefusedConstraint refused) throws SQLException {
                if (collection.mappings().stream().noneMatch(refused::isOfDocuments)) {
                    throw inVain(refused);
                }
                return session.transaction(
                        "deleting rows that " + refused.constraint().name() + " refuses",
                        connection -> FirstLoad.this.takeOut(connection, refused));
            }

            @Override
            public DocrowsException inVain(RefusedConstraint refused) {
                return refused(refused);
            }
        });
    }

    /** Returns how many documents are read again. */
    private int takeOut(Connection connection, RefusedConstraint refused) throws SQLException {
        CheckpointStore.requireOwner(connection, context.run(), context.owner());
        List<String> keys = DuplicateRows.remove(connection, collection.mappings(), refused);
        if (keys.isEmpty()) {
            return 0;
        }
        DroppedConstraint constraint = refused.constraint();
        if (refused.tooLarge()) {
            LOG.warn(
                    "{} documents have large values in {}, for which {} may have no room; they are read again",
                    keys.size(),
                    constraint.table(),
                    constraint.name());
        } else {
            LOG.warn(
                    "{} rows of {} have values that {} allows only once; their documents are read again",
                    keys.size(),
                    constraint.table(),
                    constraint.name());
        }
        context.confirmed().add(-keys.size());
        CheckpointStore.takeBack(connection, context.run(), collection.name(), keys.size());
        int number = CheckpointStore.of(connection, context.run(), collection.name()).stream()
                        .mapToInt(checkpoint -> checkpoint.partition().number())
                        .max()
                        .orElse(-1)
                + 1;
        List<BsonValue> ids =
                new TreeSet<>(keys).stream().map(DocumentId::parse).toList();
        List<Partition> again = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            List<BsonValue> some = ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE));
            for (Partition partition : context.source().partitions(collection.name(), new ReadRequest(some, 1))) {
                again.add(new Partition(collection.name(), number++, partition.spec()));
            }
        }
        CheckpointStore.plan(connection, context.run(), again, true);
        return keys.size();
    }

    /** Rebuilds the foreign keys of all tables, when every collection is loaded and what they refer to is rebuilt. */
    static void rebuildForeignKeys(RunContext context) throws SQLException {
        List<DroppedConstraint> keys = context.session()
                .call(
                        "looking for dropped constraints",
                        connection -> DroppedConstraints.ofRun(connection, context.run()));
        if (!keys.isEmpty() && !context.isStopped()) {
            Rebuilding.of(context).rebuild(keys);
        }
    }

    /** What is missing of the tables: all but foreign keys, which no row depends on. */
    private List<DroppedConstraint> missing() throws SQLException {
        return session.call("looking for dropped constraints", this::missing);
    }

    private List<DroppedConstraint> missing(Connection connection) {
        return DroppedConstraints.ofRun(connection, context.run()).stream()
                .filter(constraint ->
                        constraint.kind() != DroppedConstraint.Kind.FOREIGN_KEY && tables.contains(constraint.table()))
                .toList();
    }
}
