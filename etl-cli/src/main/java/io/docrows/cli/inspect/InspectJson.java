package io.docrows.cli.inspect;

import io.docrows.inspect.fact.BinaryFacts;
import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.DateFacts;
import io.docrows.inspect.fact.DiscriminatorFacts;
import io.docrows.inspect.fact.DistinctFacts;
import io.docrows.inspect.fact.EntityFacts;
import io.docrows.inspect.fact.Finding;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.KeyFacts;
import io.docrows.inspect.fact.KindFacts;
import io.docrows.inspect.fact.NameFacts;
import io.docrows.inspect.fact.NumberFacts;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ReferenceFacts;
import io.docrows.inspect.fact.SizeFacts;
import io.docrows.inspect.fact.TextFacts;
import io.docrows.inspect.fact.ValueCount;
import io.docrows.inspect.proposal.Proposal;
import io.docrows.inspect.proposal.ProposedColumn;
import io.docrows.inspect.proposal.ProposedForeignKey;
import io.docrows.inspect.proposal.ProposedTable;
import io.docrows.inspect.proposal.SharedTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * An inspection as one JSON object. Its names are a contract with programs that read them, described by
 * {@code docs/inspect.schema.json}: they may be added to, but not changed.
 */
public final class InspectJson {

    /** Counts up when something changes that is not an addition. */
    public static final int VERSION = 1;

    private final boolean values;

    private InspectJson(boolean values) {
        this.values = values;
    }

    /**
     * For programs.
     *
     * @param inspection what was found
     * @param values whether values of documents may be shown
     * @param exitCode the exit code of the command
     * @return the fields of the object
     */
    public static Map<String, Object> of(Inspection inspection, boolean values, int exitCode) {
        return new InspectJson(values).object(inspection, exitCode);
    }

    private Map<String, Object> object(Inspection inspection, int exitCode) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("version", VERSION);
        object.put("source", inspection.source());
        object.put("sampled", inspection.sampled());
        object.put("documents", inspection.documents());
        object.put("collections", list(inspection.collections(), this::collection));
        object.put("references", list(inspection.references(), InspectJson::reference));
        Proposal proposal = Proposal.of(inspection);
        object.put("tables", list(proposal.tables(), InspectJson::table));
        object.put("sharedTables", list(proposal.shared(), InspectJson::shared));
        object.put("exitCode", exitCode);
        return object;
    }

    private static <T> List<Object> list(List<T> from, Function<T, Object> each) {
        List<Object> list = new ArrayList<>();
        from.forEach(one -> list.add(each.apply(one)));
        return list;
    }

    private Map<String, Object> collection(CollectionFacts one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("collection", one.name());
        object.put("documents", one.documents());
        object.put("bytes", one.bytes());
        object.put("largestBytes", one.largest());
        object.put("damaged", one.damaged());
        object.put("paths", list(one.paths(), this::path));
        object.put("keys", list(one.keys(), InspectJson::key));
        object.put("discriminators", list(one.discriminators(), this::discriminator));
        object.put("entities", list(one.entities(), InspectJson::entity));
        object.put("findings", list(one.findings(), InspectJson::finding));
        return object;
    }

    private Map<String, Object> path(PathFacts path) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", path.path());
        object.put("names", path.names());
        object.put("owners", path.owners());
        object.put("values", path.values());
        object.put("documents", path.documents());
        object.put("missing", path.missing());
        object.put("bytes", path.bytes());
        if (path.repeatedNames() > 0) {
            object.put("repeatedNames", path.repeatedNames());
        }
        object.put("kinds", list(path.kinds(), InspectJson::kind));
        path.numbers().ifPresent(numbers -> object.put("numbers", numbers(numbers)));
        path.textNumbers().ifPresent(numbers -> object.put("textNumbers", numbers(numbers)));
        path.texts().ifPresent(texts -> object.put("texts", texts(texts)));
        path.dates().ifPresent(dates -> object.put("dates", dates(dates)));
        path.binaries().ifPresent(binaries -> object.put("binaries", binaries(binaries)));
        path.lengths().ifPresent(lengths -> object.put("lengths", sizes(lengths)));
        path.fields().ifPresent(fields -> object.put("fields", sizes(fields)));
        path.fieldNames().ifPresent(names -> object.put("fieldNames", names(names)));
        path.distinct().ifPresent(distinct -> object.put("distinct", distinct(distinct)));
        path.contents().ifPresent(contents -> object.put("distinctDocuments", distinct(contents)));
        if (!path.few().isEmpty()) {
            object.put("fewValues", path.few().size());
            if (values) {
                object.put("counts", list(path.few(), InspectJson::value));
            }
        }
        path.arraysWithRepeats().ifPresent(arrays -> object.put("arraysWithRepeats", arrays));
        if (path.cutOff() > 0) {
            object.put("notLookedInto", path.cutOff());
        }
        return object;
    }

    private static Map<String, Object> kind(KindFacts one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", lower(one.kind()));
        object.put("type", one.kind().type());
        object.put("values", one.values());
        object.put("documents", one.documents());
        one.firstId().ifPresent(id -> object.put("firstId", id));
        return object;
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> value(ValueCount value) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", value.type());
        object.put("value", value.value());
        object.put("count", value.count());
        return object;
    }

    private Map<String, Object> numbers(NumberFacts numbers) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("count", numbers.count());
        object.put("negative", numbers.negative());
        if (values && Double.isFinite(numbers.min()) && Double.isFinite(numbers.max())) {
            object.put("min", numbers.min());
            object.put("max", numbers.max());
        }
        object.put("integerDigits", numbers.integerDigits());
        object.put("scale", numbers.scale());
        object.put("scaleWithoutZeros", numbers.scaleWithoutZeros());
        object.put("inexact", numbers.inexact());
        object.put("positiveExponents", numbers.positiveExponents());
        object.put("fitsInteger", numbers.fitsInteger());
        object.put("fitsBigint", numbers.fitsBigint());
        object.put("epochSeconds", numbers.epochSeconds());
        object.put("epochMillis", numbers.epochMillis());
        object.put("epochMicros", numbers.epochMicros());
        object.put("digits", numbers.magnitudes());
        return object;
    }

    private static Map<String, Object> texts(TextFacts texts) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("shortest", texts.shortest());
        object.put("longest", texts.longest());
        object.put("longestBytes", texts.longestBytes());
        object.put("notAscii", texts.notAscii());
        object.put("edgeBlank", texts.edgeBlank());
        object.put("lengths", texts.lengths());
        return object;
    }

    private Map<String, Object> dates(DateFacts dates) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("count", dates.count());
        if (values) {
            object.put("min", Instant.ofEpochMilli(dates.min()).toString());
            object.put("max", Instant.ofEpochMilli(dates.max()).toString());
        }
        object.put("wholeSeconds", dates.wholeSeconds());
        object.put("withId", dates.withId());
        object.put("onDayOfId", dates.onDayOfId());
        object.put("nearId", dates.nearId());
        object.put("timesOfDay", dates.timesOfDay());
        object.put("zones", dates.zones());
        Map<String, Object> years = new LinkedHashMap<>();
        dates.years().forEach((year, count) -> years.put(year.toString(), count));
        object.put("years", years);
        return object;
    }

    private static Map<String, Object> binaries(BinaryFacts binaries) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("shortest", binaries.shortest());
        object.put("longest", binaries.longest());
        if (binaries.legacyUuids() > 0) {
            object.put("legacyUuids", binaries.legacyUuids());
            object.put("plainOrder", binaries.plainOrder());
            object.put("javaOrder", binaries.javaOrder());
            object.put("csharpOrder", binaries.csharpOrder());
        }
        return object;
    }

    private static Map<String, Object> sizes(SizeFacts sizes) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("count", sizes.count());
        object.put("sum", sizes.sum());
        object.put("least", sizes.least());
        object.put("most", sizes.most());
        object.put("sizes", sizes.sizes());
        return object;
    }

    private Map<String, Object> names(NameFacts names) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("distinct", names.distinct());
        object.put("exact", names.exact());
        object.put("longest", names.longest());
        Map<String, Object> kinds = new LinkedHashMap<>();
        names.kinds().forEach((kind, count) -> kinds.put(lower(kind), count));
        object.put("kinds", kinds);
        object.put("dotted", names.dotted());
        object.put("dollar", names.dollar());
        if (values) {
            object.put("examples", names.examples());
        }
        return object;
    }

    private static Map<String, Object> distinct(DistinctFacts distinct) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("number", distinct.number());
        object.put("exact", distinct.exact());
        return object;
    }

    private static Map<String, Object> key(KeyFacts key) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", key.path());
        object.put("values", key.values());
        object.put("distinct", key.distinct());
        object.put("unique", key.unique());
        object.put("repeatedValues", key.repeatedValues());
        object.put("repeats", key.repeats());
        key.firstRepeatId().ifPresent(id -> object.put("firstRepeatId", id));
        return object;
    }

    private Map<String, Object> discriminator(DiscriminatorFacts one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", one.path());
        object.put("variants", list(one.variants(), variant -> {
            Map<String, Object> each = new LinkedHashMap<>();
            if (values) {
                each.put("value", variant.value());
            }
            each.put("documents", variant.documents());
            each.put("always", variant.always());
            each.put("never", variant.never());
            return each;
        }));
        return object;
    }

    private static Map<String, Object> entity(EntityFacts one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", one.path());
        object.put("key", one.key());
        object.put("occurrences", one.occurrences());
        object.put("entities", one.entities());
        object.put("versions", one.versions());
        object.put("entitiesWithVersions", one.entitiesWithVersions());
        return object;
    }

    private static Map<String, Object> finding(Finding one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("code", one.code().name());
        object.put("weight", lower(one.weight()));
        object.put("path", one.path());
        object.put("values", one.values());
        one.firstId().ifPresent(id -> object.put("firstId", id));
        object.put("message", one.message());
        return object;
    }

    private static Map<String, Object> reference(ReferenceFacts one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("collection", one.collection());
        object.put("path", one.path());
        object.put("target", one.target());
        object.put("targetPath", one.targetPath());
        object.put("values", one.values());
        object.put("found", one.found());
        object.put("orphans", one.orphans());
        object.put("orphanDocuments", one.orphanDocuments());
        object.put("orphanIds", one.orphanIds());
        object.put("distinctFound", one.distinctFound());
        object.put("targetValues", one.targetValues());
        object.put("convertsType", one.convertsType());
        return object;
    }

    private static Map<String, Object> table(ProposedTable table) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("table", table.name());
        object.put("origin", lower(table.origin()));
        object.put("collection", table.collection());
        object.put("path", table.path());
        table.parent().ifPresent(parent -> object.put("parent", parent));
        object.put("rows", table.rows());
        object.put("columns", list(table.columns(), InspectJson::column));
        object.put("primaryKey", table.primaryKey());
        object.put("foreignKeys", list(table.foreignKeys(), InspectJson::foreignKey));
        object.put("uniqueKeys", table.uniqueKeys());
        object.put("leftOut", list(table.leftOut(), one -> {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("path", one.path());
            each.put("reason", one.reason());
            return each;
        }));
        object.put("reasons", table.reasons());
        return object;
    }

    private static Map<String, Object> shared(SharedTable shared) {
        Map<String, Object> object = table(shared.table());
        object.put("conflicts", shared.conflicts());
        object.put("uses", list(shared.uses(), use -> {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("table", use.table());
            each.put("replaced", use.replaced());
            each.put("reference", use.reference());
            use.join().ifPresent(join -> each.put("join", join));
            each.put("path", use.path());
            each.put("values", use.values());
            return each;
        }));
        return object;
    }

    private static Map<String, Object> column(ProposedColumn column) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("column", column.name());
        object.put("role", lower(column.role()));
        object.put("path", column.path());
        object.put("nulls", column.nulls());
        object.put("choices", list(column.choices(), choice -> {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("type", choice.type());
            each.put("how", choice.how());
            each.put("rejectedDocuments", choice.rejectedDocuments());
            choice.firstId().ifPresent(id -> each.put("firstId", id));
            each.put("proved", choice.proved());
            return each;
        }));
        return object;
    }

    private static Map<String, Object> foreignKey(ProposedForeignKey key) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("columns", key.columns());
        object.put("table", key.table());
        object.put("targetColumns", key.targetColumns());
        object.put("orphans", key.orphans());
        object.put("orphanDocuments", key.orphanDocuments());
        return object;
    }
}
