package io.docrows.scaffold.internal.schema;

import io.docrows.inspect.proposal.SqlNames;
import io.docrows.scaffold.internal.choose.Names;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Names without what people write in different ways: case, underscores, the plural. */
final class Alike {

    private Alike() {}

    static String plain(String name) {
        return Arrays.stream(SqlNames.snake(name).split("_"))
                .map(Names::singular)
                .collect(Collectors.joining());
    }

    static String plain(List<String> names) {
        return plain(String.join("_", names));
    }
}
