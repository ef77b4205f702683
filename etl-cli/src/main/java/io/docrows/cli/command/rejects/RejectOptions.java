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
            description = "Those of these collections only; separated by commas, repeatable.")
    Set<String> collections = new LinkedHashSet<>();

    @Option(
            names = "--codes",
            paramLabel = "CODE",
            split = ",",
            description = "Those with these codes only, such as MISSING_REFERENCE.")
    Set<RejectCode> codes = new LinkedHashSet<>();

    @Option(
            names = "--runs",
            paramLabel = "N",
            split = ",",
            description = "Those that these runs rejected last; ./etl status numbers the runs.")
    Set<Long> runs = new LinkedHashSet<>();

    @Option(
            names = "--ids",
            paramLabel = "ID[,ID...]",
            description = "Those with these _ids only, written as for ./etl run --ids.")
    List<String> ids = new java.util.ArrayList<>();

    @Option(
            names = "--numbers",
            paramLabel = "N",
            split = ",",
            description = "Those with these numbers only, as ./etl rejects list shows them.")
    Set<Long> numbers = new LinkedHashSet<>();

    RejectFilter filter() {
        Set<String> keys =
                SelectionOptions.parse(ids).stream().map(DocumentId::text).collect(Collectors.toSet());
        return new RejectFilter(
                collections.stream().map(String::strip).collect(Collectors.toSet()), codes, runs, keys, numbers);
    }
}
