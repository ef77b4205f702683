package io.docrows.cli.output;

import io.docrows.error.RejectCode;
import io.docrows.report.CollectionReport;
import io.docrows.report.PolicyUse;
import io.docrows.report.RowCounts;
import io.docrows.report.RunReport;
import io.docrows.text.ForeignText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object on standard output. The names are a contract with programs that read them: they may be added to, but
 * not changed.
 */
public final class JsonOutput {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonOutput() {}

    /**
     * What a run did.
     *
     * @param report the report
     * @param exitCode the exit code of the command
     * @return the fields of the object
     */
    public static Map<String, Object> run(RunReport report, int exitCode) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("run", report.run());
        object.put("pipeline", report.pipeline());
        object.put("source", report.source());
        object.put("status", report.status().name().toLowerCase(Locale.ROOT));
        object.put("exitCode", exitCode);
        object.put("seconds", seconds(report.duration()));
        List<Object> collections = new ArrayList<>();
        report.collections().forEach(collection -> collections.add(collection(collection)));
        object.put("collections", collections);
        object.put("rejectsByCode", codes(report.rejectsByCode()));
        object.put("pendingReferences", report.pendingReferences());
        object.put("drift", report.hasDrift());
        return object;
    }

    /** Counts of rejects, in the order of the codes. */
    static Map<String, Long> codes(Map<RejectCode, Long> rejects) {
        Map<String, Long> codes = new LinkedHashMap<>();
        new TreeMap<>(rejects).forEach((code, count) -> codes.put(code.name(), count));
        return codes;
    }

    private static Map<String, Object> collection(CollectionReport report) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("collection", report.collection());
        object.put("table", report.table());
        object.put("read", report.counts().read());
        object.put("inserted", report.counts().inserted());
        object.put("updated", report.counts().updated());
        object.put("unchanged", report.counts().unchanged());
        object.put("rejected", report.counts().rejected());
        object.put("skipped", report.counts().skipped());
        object.put("unmatched", report.counts().unmatched());
        object.put("seconds", seconds(report.duration()));
        WatermarkLines.json(report.watermark(), object);
        DeletionLines.json(report.deletions(), object);
        DriftLines.json(report.drift(), object);
        List<Object> uses = new ArrayList<>();
        report.policyUses().forEach(use -> uses.add(policyUse(use)));
        object.put("policyUses", uses);
        List<Object> tables = new ArrayList<>();
        report.rows().forEach((table, rows) -> tables.add(rows(table, rows)));
        object.put("tables", tables);
        return object;
    }

    private static Map<String, Object> rows(String table, RowCounts rows) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("table", table);
        object.put("inserted", rows.inserted());
        object.put("updated", rows.updated());
        object.put("deleted", rows.deleted());
        return object;
    }

    private static Map<String, Object> policyUse(PolicyUse use) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("column", use.column());
        object.put("path", use.path());
        object.put("policy", use.policy().method());
        object.put("values", use.count());
        return object;
    }

    /**
     * A command that failed.
     *
     * @param code the stable name of what went wrong
     * @param message what is wrong and what to do
     * @return the fields of the object that stands under the name {@code error}
     */
    public static Map<String, Object> error(String code, String message) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("code", code);
        object.put("message", message);
        return object;
    }

    /**
     * A duration in seconds.
     *
     * @param time the duration
     * @return seconds, to the millisecond
     */
    public static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    /**
     * Writes an object. Text is what it is to a program that reads it; as it stands, nothing in it moves a terminal's
     * cursor or hides anything.
     *
     * @param object maps, lists, strings, numbers and booleans
     * @return one line of JSON, without a line feed
     */
    public static String write(Map<String, ?> object) {
        // Outside of its strings JSON is plain ASCII, so what is escaped here is a part of one, and stays what it is.
        return ForeignText.printable(MAPPER.writeValueAsString(object));
    }
}
