package io.docrows.internal.write;

import io.docrows.error.RejectCode;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.DataError;
import io.docrows.internal.table.BrokenCheck;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.UniqueConstraint;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.mapping.RejectedDocument;
import java.util.stream.Collectors;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/** Why a document is rejected, found by a query before PostgreSQL would refuse its rows. */
record RejectReason(
        RejectCode code,
        String path,
        @Nullable TableField<?, ?> column,
        @Nullable String sqlState,
        String detail) {

    static RejectReason missingParent(ReferenceMapping<?> reference) {
        return missingParent(reference, reference.pathText());
    }

    /** The same below the document's own table. */
    static RejectReason missingParent(ReferenceMapping<?> reference, String path) {
        return new RejectReason(
                RejectCode.MISSING_REFERENCE,
                path,
                reference.column(),
                null,
                "the document it refers to is not in the target");
    }

    /**
     * The reason for a document with an element that the lookup table does not hold, told by its number in the array.
     */
    static RejectReason missingLookup(
            CollectionMapping<?> mapping, LinkTable link, byte[] document, @Nullable Object element) {
        JoinMapping join = link.mapping();
        int index = element == null ? -1 : CompiledMapping.indexOf(mapping, link.number(), document, element);
        return new RejectReason(
                RejectCode.MISSING_REFERENCE,
                String.join(".", join.path()),
                join.join().lookup(),
                null,
                index < 0
                        ? "an element is not in the lookup table"
                        : String.join(".", join.path()) + "[" + index + "] is not in the lookup table");
    }

    static RejectReason duplicateKey(ColumnMapping key) {
        return new RejectReason(
                RejectCode.DUPLICATE_KEY,
                key.pathText(),
                key.column(),
                null,
                "another document has the same key, as the column compares, and the row is its own");
    }

    static RejectReason rowOfOthers(ColumnMapping key, CollectionMapping<?> mapping) {
        return new RejectReason(
                RejectCode.DUPLICATE_KEY,
                key.pathText(),
                key.column(),
                null,
                "the row with its key is another mapping's: it has another value in "
                        + mapping.owned().keySet().stream()
                                .map(TableField::getName)
                                .collect(Collectors.joining(", ")));
    }

    static RejectReason duplicate(ColumnMapping column, UniqueConstraint unique) {
        return new RejectReason(
                RejectCode.DUPLICATE_VALUE,
                column.pathText(),
                column.column(),
                "23505",
                "another document has the same value, which " + unique.name() + " allows only once");
    }

    /** The reason for a document that breaks a check, the same as if PostgreSQL had been asked to write it. */
    static RejectReason broken(BrokenCheck check) {
        DataError error = DataError.ofCheck(check.check().name());
        return new RejectReason(error.code(), check.path(), check.column(), error.sqlState(), error.detail());
    }

    static RejectReason duplicateElement(ChildTable child, String path) {
        return new RejectReason(
                RejectCode.DUPLICATE_ELEMENT,
                path,
                child.mapping().identity().get(0),
                null,
                "two elements of the document have the same identity, as the column compares");
    }

    <R extends TableRecord<R>> RejectedDocument<R> of(MappedDocument<R> document) {
        return new RejectedDocument<>(
                document.bson(),
                code,
                path.isEmpty() ? null : path,
                null,
                column == null ? null : QualifiedName.text(column),
                sqlState,
                detail);
    }
}
