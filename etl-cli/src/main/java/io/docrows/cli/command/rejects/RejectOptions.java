package io.docrows.cli.command.rejects;

import io.docrows.cli.option.SelectionOptions;
import io.docrows.error.RejectCode;
import io.docrows.mapping.DocumentId;
import io.docrows.run.RejectFilter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which rejects a command means: what is given must hold all together. */
final class RejectOptions {

    @Option(
            names = "--collections",
            paramLabel = "NAME",
            split = ",",
            description = "Only rejects of these collections; separated by commas, repeatable.")
    Set<String> collections = new LinkedHashSet<>();

    @Option(
            names = "--codes",
            paramLabel = "CODE",
            split = ",",
            description = "Only rejects with these codes, such as MISSING_REFERENCE.")
    Set<RejectCode> codes = new LinkedHashSet<>();

    @Option(
            names = "--runs",
            paramLabel = "N",
            split = ",",
            description = "Only documents last rejected by these runs; ./etl status shows the numbers of runs.")
    Set<Long> runs = new LinkedHashSet<>();

    @Option(
            names = "--ids",
            paramLabel = "ID[,ID...]",
            description = "Only documents with these _ids, written as for ./etl run --ids.")
    List<String> ids = new java.util.ArrayList<>();

    @Option(
            names = "--numbers",
            paramLabel = "N",
            split = ",",
            description = "Only rejects with these numbers, as shown by ./etl rejects list.")
    Set<Long> numbers = new LinkedHashSet<>();

    RejectFilter filter() {
        Set<String> keys =
                SelectionOptions.parse(ids).stream().map(DocumentId::text).collect(Collectors.toSet());
        return new RejectFilter(
                collections.stream().map(String::strip).collect(Collectors.toSet()), codes, runs, keys, numbers);
    }
}
