package io.docrows.scaffold.internal.design;

import static io.docrows.scaffold.internal.choose.Paths.all;
import static io.docrows.scaffold.internal.choose.Paths.count;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.mapping.Values;
import io.docrows.scaffold.internal.choose.Paths;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The value that reads what was found at a path for a column of a type, as Java. */
final class Reading {

    private static final ClassName VALUES = ClassName.get(Values.class);

    private final Paths paths;

    Reading(Paths paths) {
        this.paths = paths;
    }

    /** The names as arguments: none for the element itself. */
    private static CodeBlock call(String function, List<String> names) {
        return CodeBlock.of("$T." + function + "(", VALUES).toBuilder()
                .add(names.stream().map(name -> CodeBlock.of("$S", name)).collect(CodeBlock.joining(", ")))
                .add(")")
                .build();
    }

    private static CodeBlock then(CodeBlock value, String calls, Object... args) {
        return value.toBuilder().add(calls, args).build();
    }

    /**
     * A value.
     *
     * @param names the names from the row's document or element
     * @param found what was found there, if anything
     * @param type the type of the column, without brackets
     */
    CodeBlock value(List<String> names, Optional<PathFacts> found, String type) {
        if (type.endsWith("[]")) {
            Optional<PathFacts> elements = found.flatMap(paths::element);
            String inner = type.substring(0, type.length() - 2);
            CodeBlock list = CodeBlock.of("$T.list(", VALUES).toBuilder()
                    .add(value(names, elements, inner))
                    .add(")")
                    .build();
            boolean alone = found.filter(one -> !all(one, Kind::isArray)).isPresent();
            return alone ? then(list, ".orSingle()") : list;
        }
        String plain =
                type.toLowerCase(Locale.ROOT).replaceAll("\\([\\d, ]*\\)", "").strip();
        return switch (plain) {
            case "text", "varchar", "character varying", "char", "citext" -> text(names, found);
            case "smallint" -> number("int16", names, found);
            case "integer", "int" -> number("int32", names, found);
            case "bigint" -> number("int64", names, found);
            case "numeric", "decimal" -> number("decimal", names, found);
            case "real" -> number("float32", names, found);
            case "double precision" -> number("float64", names, found);
            case "boolean" -> bool(names, found);
            case "uuid" -> withText(call("uuid", names), found, ".orText()");
            case "bytea" -> call("binary", names);
            case "jsonb" -> text(call("json", names), found, true);
            case "timestamptz", "timestamp with time zone" -> instant(names, found);
            case "timestamp", "timestamp without time zone" ->
                withText(
                        CodeBlock.of("$T.localDateTime($T.UTC", VALUES, ZoneOffset.class).toBuilder()
                                .add(rest(names))
                                .build(),
                        found,
                        ".orText($T.ISO_LOCAL_DATE_TIME)",
                        DateTimeFormatter.class);
            case "date" -> withText(call("date", names), found, ".orText($T.ISO_LOCAL_DATE)", DateTimeFormatter.class);
            case "time" ->
                withText(
                        CodeBlock.of("$T.time($T.UTC", VALUES, ZoneOffset.class).toBuilder()
                                .add(rest(names))
                                .build(),
                        found,
                        ".orText($T.ISO_LOCAL_TIME)",
                        DateTimeFormatter.class);
            default -> text(names, found);
        };
    }

    private static CodeBlock rest(List<String> names) {
        CodeBlock.Builder more = CodeBlock.builder();
        names.forEach(name -> more.add(", $S", name));
        return more.add(")").build();
    }

    /** The key of a document. */
    CodeBlock key(Optional<PathFacts> id, String type) {
        List<String> names = List.of("_id");
        return switch (type) {
            case "bigint" -> call("int64", names);
            case "integer" -> call("int32", names);
            case "uuid" -> call("uuid", names);
            default -> call(id.filter(Paths::isPlainText).isPresent() ? "string" : "id", names);
        };
    }

    /** A value that has the text of a key of several types. */
    static CodeBlock id(List<String> names) {
        return call("id", names);
    }

    /** A value of an enum's generated class. */
    static CodeBlock enumeration(ClassName generated, List<String> names) {
        CodeBlock.Builder call = CodeBlock.builder().add("$T.enumeration($T.class", VALUES, generated);
        names.forEach(name -> call.add(", $S", name));
        return call.add(")").build();
    }

    private CodeBlock text(List<String> names, Optional<PathFacts> found) {
        if (found.isEmpty() || all(found.get(), kind -> kind.isText() || kind == Kind.SYMBOL)) {
            return text(call("string", names), found, false);
        }
        if (all(found.get(), kind -> kind == Kind.OBJECT_ID || kind.isText())) {
            return call("id", names);
        }
        return text(then(call("string", names), ".orScalar()"), found, false);
    }

    /** What takes out of texts that PostgreSQL cannot hold. */
    private CodeBlock text(CodeBlock value, Optional<PathFacts> found, boolean below) {
        CodeBlock all = value;
        if (found.filter(one -> has(one, Kind.TEXT_NUL, below)).isPresent()) {
            all = then(all, ".stripNul()");
        }
        if (found.filter(one -> has(one, Kind.TEXT_MALFORMED, below)).isPresent()) {
            all = then(all, ".replaceInvalid()");
        }
        return all;
    }

    private boolean has(PathFacts path, Kind kind, boolean below) {
        return below ? paths.has(path, one -> one == kind) : path.count(kind) > 0;
    }

    private static CodeBlock withText(CodeBlock value, Optional<PathFacts> found, String call, Object... args) {
        boolean texts = found.filter(one -> count(one, Kind::isText) > 0).isPresent();
        boolean empty = found.filter(one -> one.count(Kind.TEXT_EMPTY) > 0).isPresent();
        CodeBlock all = texts ? then(value, call, args) : value;
        return empty ? then(all, ".emptyAsNull()") : all;
    }

    private static CodeBlock number(String function, List<String> names, Optional<PathFacts> found) {
        return withText(call(function, names), found, ".orText()");
    }

    private static CodeBlock bool(List<String> names, Optional<PathFacts> found) {
        CodeBlock value = withText(call("bool", names), found, ".orText()");
        return found.filter(one -> count(one, Kind::isFiniteNumber) > 0).isPresent()
                ? then(value, ".orNumber()")
                : value;
    }

    private static CodeBlock instant(List<String> names, Optional<PathFacts> found) {
        CodeBlock value =
                withText(call("instant", names), found, ".orText($T.ISO_OFFSET_DATE_TIME)", DateTimeFormatter.class);
        return found.filter(one -> count(one, Kind::isFiniteNumber) > 0).isPresent()
                ? then(value, ".orEpochMillis()")
                : value;
    }
}
