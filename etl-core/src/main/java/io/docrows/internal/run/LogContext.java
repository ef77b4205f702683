package io.docrows.internal.run;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A field that every log line of this thread has until it is closed; then the field has its value of before. */
final class LogContext implements AutoCloseable {

    private final String field;
    private final @Nullable String before;

    private LogContext(String field, @Nullable String before) {
        this.field = field;
        this.before = before;
    }

    static LogContext put(String field, String value) {
        LogContext context = new LogContext(field, MDC.get(field));
        MDC.put(field, value);
        return context;
    }

    @Override
    public void close() {
        if (before == null) {
            MDC.remove(field);
        } else {
            MDC.put(field, before);
        }
    }
}
