package io.docrows.source.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.source.json.JsonFiles.Outcome;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An {@code _id} that is made of fields. */
final class IdFieldsTest {

    private static @Nullable BsonValue id(String json, String... fields) {
        return JsonFiles.read(json, JsonOptions.defaults().withCollection("c").withIdOf(fields))
                .documents()
                .get(0)
                .get("_id");
    }

    @Test
    void ofOneFieldItIsTheValue() {
        assertThat(id("{\"a\":{\"b\":1},\"b\":2}", "b")).isEqualTo(new BsonInt32(2));
        assertThat(id("{\"b\":{\"$oid\":\"5313354a5c1af00d422b0000\"},\"x\":[{}]}", "b"))
                .isEqualTo(new BsonObjectId(new ObjectId("5313354a5c1af00d422b0000")));
        assertThat(id("{\"é.x\":{\"y\":3}}", "é.x")).isEqualTo(BsonDocument.parse("{y:3}"));
    }

    @Test
    void ofSeveralItIsADocumentInTheOrderInWhichTheyAreNamed() {
        assertThat(id("{\"nr\":7,\"shop\":\"x\"}", "shop", "nr")).isEqualTo(BsonDocument.parse("{shop:'x',nr:7}"));
    }

    @Test
    void withoutOneOfThemThereIsNone() {
        assertThat(id("{\"nr\":7}", "shop", "nr")).isNull();
        assertThat(id("{\"a\":{\"b\":1}}", "b")).isNull();
    }

    @Test
    void theDocumentIsOtherwiseAsItWas() {
        Outcome outcome = JsonFiles.read(
                "{\"a\":1,\"b\":[2]}",
                JsonOptions.defaults().withCollection("c").withIdOf("b"));
        assertThat(BsonDocument.parse(outcome.documents().get(0).toJson()))
                .isEqualTo(BsonDocument.parse("{a:1,b:[2],_id:[2]}"));
    }

    @Test
    void anIdIsNotReplaced() {
        assertThat(JsonFiles.read(
                                "{\"_id\":1,\"b\":2}",
                                JsonOptions.defaults().withCollection("c").withIdOf("b"))
                        .error())
                .contains("expected a document without _id");
    }

    @Test
    void anIdIsMadeInOneWay() {
        JsonOptions numbered = JsonOptions.defaults().withNumbers();
        assertThatThrownBy(() -> numbered.withIdOf("a")).hasMessageContaining("not both");
        assertThatThrownBy(() -> JsonOptions.defaults().withIdOf("a", "a")).hasMessageContaining("twice");
        assertThatThrownBy(() -> JsonOptions.defaults().withIdOf("_id")).hasMessageContaining("another name");
    }
}
