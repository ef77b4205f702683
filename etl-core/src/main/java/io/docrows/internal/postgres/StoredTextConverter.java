package io.docrows.internal.postgres;

import org.jooq.ConverterContext;
import org.jooq.impl.AbstractContextConverter;
import org.jspecify.annotations.Nullable;

/**
 * Applies {@link StoredText} to every text column of the schema {@code docrows}, in whatever statement it stands. Which
 * one, the configuration of the queries says. Named in the configuration of the code generator.
 */
public final class StoredTextConverter extends AbstractContextConverter<String, String> {

    /** Where a configuration holds its {@link StoredText}. */
    public static final Object KEY = StoredText.class;

    private static final long serialVersionUID = 1;

    /** Made by generated code. */
    public StoredTextConverter() {
        super(String.class, String.class);
    }

    @Override
    public @Nullable String from(@Nullable String stored, ConverterContext context) {
        return stored == null ? null : of(context).text(stored);
    }

    @Override
    public @Nullable String to(@Nullable String text, ConverterContext context) {
        return text == null ? null : of(context).stored(text);
    }

    /** Records are also looked at where there is no database, as for messages. */
    private static StoredText of(ConverterContext context) {
        return context.configuration().data(KEY) instanceof StoredText known ? known : StoredText.UNCHANGED;
    }
}
