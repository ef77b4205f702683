package io.docrows.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.report.LossPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

/** The tables on the page about mappings say what the code does. */
final class MappingDocumentationTest {

    private static final Pattern ROW = Pattern.compile("\\| `(.+?)` \\| (.+?) \\|( .* \\|)?");

    /** The rows under a heading: what is in the first column, and what is in the second. */
    private static Map<String, String> rows(String heading) throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        boolean within = false;
        for (String line : Files.readAllLines(Path.of("..", "docs", "mapping.md"))) {
            if (line.startsWith("## ")) {
                within = line.equals("## " + heading);
            }
            Matcher row = ROW.matcher(line);
            if (within && row.matches()) {
                rows.put(row.group(1), row.group(2));
            }
        }
        return rows;
    }

    @Test
    void everyValueIsThereWithTheTypesThatItAccepts() throws IOException {
        Map<String, String> documented = rows("Values");
        documented.replaceAll((value, types) -> types.replace(" of subtype 4", ""));

        assertThat(documented).isEqualTo(ValuesTypeTableTest.acceptedTypes());
    }

    @Test
    void everyPolicyIsThere() throws IOException {
        assertThat(rows("What a column cannot hold").keySet())
                .containsExactlyInAnyOrderElementsOf(policies(policy -> !policy.readsOnly()));
        assertThat(rows("What writers store instead").keySet())
                .containsExactlyInAnyOrderElementsOf(policies(LossPolicy::readsOnly));
    }

    private static List<String> policies(Predicate<LossPolicy> kind) {
        return Stream.of(LossPolicy.values())
                .filter(kind)
                .map(LossPolicy::method)
                .toList();
    }

    @Test
    void everyTextOfAnIdIsRight() throws IOException {
        List<String> wrong = new ArrayList<>();
        Map<String, String> texts = rows("Keys");
        texts.forEach((json, text) -> {
            BsonValue id = BsonDocument.parse("{v: " + json + "}").get("v");
            if (!("`" + DocumentId.text(id) + "`").equals(text)) {
                wrong.add(json);
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(texts).hasSizeGreaterThan(10);
    }
}
