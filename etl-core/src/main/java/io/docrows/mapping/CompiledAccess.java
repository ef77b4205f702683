package io.docrows.mapping;

import io.docrows.internal.column.ColumnType;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.decode.KeyDecoder;
import io.docrows.internal.decode.MappingAccess;
import io.docrows.internal.decode.Matcher;
import io.docrows.internal.decode.NestedRows;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** Lets the library's own packages see of mappings what their public face does not show. */
final class CompiledAccess extends MappingAccess {

    @Override
    public Decoder<?> decoder(
            Object mapping, Function<TableField<?, ?>, ColumnType<?>> types, Predicate<String> elsewhere) {
        return ((CollectionMapping<?>) mapping).decoder(types, elsewhere);
    }

    @Override
    public KeyDecoder keyDecoder(Object mapping) {
        return ((CollectionMapping<?>) mapping).keyDecoder();
    }

    @Override
    public Object sharingRows(Object mapping) {
        return ((CollectionMapping<?>) mapping).sharingRows();
    }

    @Override
    public boolean sharesRows(Object mapping) {
        return ((CollectionMapping<?>) mapping).sharesRows();
    }

    @Override
    public Matcher matcher(List<?> mappings) {
        return new ConditionScan(mappings.stream()
                .<Optional<Condition>>map(mapping -> ((CollectionMapping<?>) mapping).condition())
                .toList());
    }

    @Override
    public List<String> fields(Object condition) {
        return FieldTest.of((Condition) condition).stream()
                .map(test -> test.path().get(0))
                .distinct()
                .toList();
    }

    @Override
    public boolean knows(Object mapping, String field) {
        return ((CollectionMapping<?>) mapping).knows(field);
    }

    @Override
    public boolean keyedById(Object mapping) {
        return ((CollectionMapping<?>) mapping).keyedById();
    }

    @Override
    public boolean identifiedByKey(Object mapping) {
        return ((CollectionMapping<?>) mapping).identifiedByKey();
    }

    @Override
    public List<String> description(Object mapping) {
        return ((CollectionMapping<?>) mapping).description();
    }

    @Override
    public int indexOf(Object mapping, int join, byte[] document, Object element) {
        return ((CollectionMapping<?>) mapping).indexOf(join, document, element);
    }

    @Override
    public @Nullable Object value(Object document, int column) {
        return ((MappedDocument<?>) document).value(column);
    }

    @Override
    public @Nullable Object reference(Object document, int reference) {
        return ((MappedDocument<?>) document).reference(reference);
    }

    @Override
    public List<?> links(Object document, int join) {
        return ((MappedDocument<?>) document).links(join);
    }

    @Override
    public NestedRows rows(Object document, Object child) {
        return ((MappedDocument<?>) document).rows((ChildMapping) child);
    }

    @Override
    public int rowCount(Object document) {
        return ((MappedDocument<?>) document).rowCount();
    }
}
