package io.docrows.source.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where only some fields are needed, the others are passed over. */
final class NeededFieldsTest {

    @TempDir
    private Path directory;

    private List<BsonDocument> read(String json, JsonOptions options, String... fields) throws IOException {
        Path file = Files.writeString(directory.resolve("things.jsonl"), json);
        List<BsonDocument> documents = new ArrayList<>();
        try (JsonSource source = JsonSource.open(file, options)) {
            ReadRequest request = new ReadRequest(List.of(), 3, List.of(fields), Optional.empty());
            for (Partition partition : source.partitions("things", request)) {
                try (DocumentReader reader = source.open(partition, null)) {
                    for (byte[] document = reader.read(); document != null; document = reader.read()) {
                        documents.add(BsonDocument.parse(new RawBsonDocument(document).toJson()));
                    }
                }
            }
        }
        return documents;
    }

    @Test
    void onlyTheseAndTheIdAreHandedOut() throws IOException {
        assertThat(read("""
                        {"_id":1,"a":{"x":[1,{"b":2}]},"b":{"a":3,"c":4},"c":"…"}
                        {"c":[[],{}],"b":5,"_id":2}
                        {"_id":{"a":1,"c":2}}
                        """, JsonOptions.defaults(), "b"))
                .containsExactly(
                        BsonDocument.parse("{_id:1,b:{a:3,c:4}}"),
                        BsonDocument.parse("{b:5,_id:2}"),
                        BsonDocument.parse("{_id:{a:1,c:2}}"));
    }

    @Test
    void fieldsOfWhichAnIdIsMadeAreNeededToo() throws IOException {
        assertThat(read("{\"nr\":7,\"a\":1,\"b\":2}", JsonOptions.defaults().withIdOf("nr"), "b"))
                .containsExactly(BsonDocument.parse("{nr:7,b:2,_id:7}"));
    }

    @Test
    void damageIsFoundInWhatIsPassedOver() {
        assertThatThrownBy(() -> read("{\"_id\":1,\"a\":{\"x\":[1,}},\"b\":2}\n", JsonOptions.defaults(), "b"))
                .isInstanceOf(DocrowsException.class);
    }
}
