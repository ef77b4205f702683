package io.docrows.runner.command.rejects;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code rejects}, over what the dirty sample leaves behind: 23 users and 17 gigs. */
final class RejectsCommandIT {

    private static final Databases DATABASES = Databases.shared();
    private static final String DIRTY = Etl.SAMPLES.resolve("gigs-dirty").toString();

    /** Stands in the dirty sample's document 90111. */
    private static final String VALUE = "write me!";

    @TempDir
    Path directory;

    private static String loaded = "";

    private String target = "";

    @BeforeAll
    static void load(@TempDir Path elsewhere) throws SQLException {
        loaded = DATABASES.create();
        assertThat(Etl.in(elsewhere)
                        .run("run", "--source", DIRTY, "--target", loaded, "--no-progress")
                        .exitCode())
                .isEqualTo(1);
    }

    @BeforeEach
    void makeDatabase() throws SQLException {
        target = DATABASES.copyOf(loaded);
    }

    private Result etl(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--target", target));
        return Etl.in(directory).run(all.toArray(String[]::new));
    }

    private long count(String... filter) {
        List<String> args = new ArrayList<>(List.of("rejects", "list", "--output", "json"));
        args.addAll(List.of(filter));
        return etl(args.toArray(String[]::new)).json().get("total").asLong();
    }

    private JsonNode reject(String id) {
        return etl("rejects", "list", "--ids", id, "--output", "json")
                .json()
                .get("rejects")
                .get(0);
    }

    @Test
    void saysSoWhereNothingIsRejected() throws SQLException {
        target = DATABASES.create();
        Result result = etl("rejects", "list");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("No document of gigs is rejected that matches.\n");
        assertThat(Databases.text(target, "SELECT to_regnamespace('docrows')")).isNull();
    }

    @Test
    void aListOfManyIsReadAndPrintedPageByPage() throws SQLException {
        Databases.execute(
                target,
                "INSERT INTO docrows.reject"
                        + " (pipeline, collection, document_key, code, document, run_id, last_run_id)"
                        + " SELECT pipeline, collection, 'more' || n, code, document, run_id, last_run_id"
                        + " FROM docrows.reject r, generate_series(1, 2500) n WHERE r.document_key = '90111'");
        JsonNode listed =
                etl("rejects", "list", "--limit", "1000000", "--output", "json").json();
        assertThat(listed.get("total").asLong()).isEqualTo(2540);
        assertThat(listed.get("exitCode").asInt()).isZero();
        assertThat(listed.get("rejects")
                        .valueStream()
                        .map(one -> one.get("number").asLong()))
                .hasSize(2540)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(etl("rejects", "list", "--limit", "2100").out())
                .contains("The first 2,100 of 2,540; --limit shows more.", "./etl rejects show 1 ")
                .containsPattern("(?s)(number {2}collection .*){3}");
    }

    @Test
    void listsAndCountsThemAndSaysWhatToDoNext() {
        Result all = etl("rejects", "list");
        assertThat(all.exitCode()).isZero();
        assertThat(all.out())
                .contains("40 rejected documents of gigs", "INVALID_VALUE", "public.users.email", "90111")
                .contains("The first 20 of 40; --limit shows more.")
                .contains("./etl rejects show 1 --target ...", "rejects export", "rejects retry")
                .doesNotContain(VALUE);
        assertThat(etl("rejects", "list", "--limit", "100").out()).doesNotContain("--limit shows more");

        assertThat(count()).isEqualTo(40);
        assertThat(count("--collections", "users")).isEqualTo(23);
        assertThat(count("--codes", "invalid_value,TOO_LONG")).isEqualTo(5);
        assertThat(count("--ids", "90111,90112", "--collections", "users")).isEqualTo(2);
        assertThat(count("--runs", "1")).isEqualTo(40);
        assertThat(count("--runs", "2")).isZero();
        assertThat(count("--numbers", "1,2,3")).isEqualTo(3);
        JsonNode one = reject("90111");
        assertThat(one.get("collection").asString()).isEqualTo("users");
        assertThat(one.get("code").asString()).isEqualTo("INVALID_VALUE");
        assertThat(one.get("path").asString()).isEqualTo("email");
        assertThat(one.get("lastRun").asLong()).isEqualTo(1);
    }

    @Test
    void showsADocumentOnlyWhenAsked() {
        String number = reject("90111").get("number").asString();
        Result known = etl("rejects", "show", number);
        assertThat(known.exitCode()).isZero();
        assertThat(known.out())
                .contains("INVALID_VALUE: a value breaks a rule", "public.users.email", "--document")
                .doesNotContain(VALUE);
        assertThat(etl("rejects", "show", number, "--output", "json").json().has("document"))
                .isFalse();

        assertThat(etl("rejects", "show", number, "--document").out()).contains("\"email\": \"", VALUE);
        JsonNode document = etl("rejects", "show", number, "--document", "--output", "json")
                .json()
                .get("document");
        assertThat(document.get("_id").get("$numberInt").asString()).isEqualTo("90111");
        assertThat(document.get("email").asString()).contains(VALUE);
    }

    @Test
    void showsTheBytesOfWhatIsNoDocument() {
        String odd = "INVALID_DOCUMENT,INVALID_UTF8,NUL_CHARACTER";
        for (JsonNode reject : etl("rejects", "list", "--codes", odd, "--output", "json")
                .json()
                .get("rejects")) {
            String number = reject.get("number").asString();
            JsonNode shown = etl("rejects", "show", number, "--document", "--output", "json")
                    .json();
            assertThat(shown.has("document") != shown.has("documentHex")).isTrue();
            Result text = etl("rejects", "show", number, "--document");
            assertThat(text.exitCode()).isZero();
            assertThat(text.out()).doesNotContain("\u0000");
            if (shown.has("documentHex")) {
                assertThat(reject.get("code").asString()).isEqualTo("INVALID_DOCUMENT");
                assertThat(text.out().replaceAll("(?m)^ +\\d+  ", "").replaceAll("\\s", ""))
                        .endsWith(shown.get("documentHex").asString());
            }
        }
    }

    @Test
    void saysWhereToFindTheNumberOfARejectThatIsNotThere() {
        Result result = etl("rejects", "show", "99");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errorLine()).contains("no reject 99", "./etl rejects list");
    }

    @Test
    void exportsADumpThatRunReads() {
        Result exported = etl("rejects", "export", "rejected");
        assertThat(exported.exitCode()).isZero();
        assertThat(exported.out())
                .contains("17 documents of gigs, 23 documents of users written to rejected")
                .contains("./etl run --source rejected --collections gigs,users --target ...");
        assertThat(etl("rejects", "export", "rejected").errorLine()).contains("exists already");

        JsonNode again = etl("run", "--source", "rejected", "--output", "json").json();
        assertThat(again.get("exitCode").asInt()).isEqualTo(1);
        assertThat(again.get("collections").get(0).get("read").asLong()).isEqualTo(23);
        assertThat(again.get("collections").get(0).get("rejected").asLong()).isEqualTo(23);
        assertThat(again.get("collections").get(1).get("rejected").asLong()).isEqualTo(17);
        assertThat(count("--runs", "2")).isEqualTo(40);

        JsonNode file = etl("rejects", "export", "users.bson.gz", "--collections", "users", "--output", "json")
                .json();
        assertThat(file.get("exported").get("users").asLong()).isEqualTo(23);
        JsonNode fromFile = etl("run", "--source", "users.bson.gz", "--collections", "users", "--output", "json")
                .json();
        assertThat(fromFile.get("collections").get(0).get("rejected").asLong()).isEqualTo(23);

        assertThat(etl("rejects", "export", "it's out.bson", "--collections", "users")
                        .out())
                .contains("  mv 'it'\\''s out.bson' users.bson\n  ./etl run --source users.bson --collections users");
        assertThat(etl("rejects", "export", "my rejects", "--collections", "users")
                        .out())
                .contains("\n  ./etl run --source 'my rejects' --collections users");

        assertThat(etl("rejects", "export", "all.bson").errorLine()).contains("Choose one collection");
        assertThat(directory.resolve("all.bson")).doesNotExist();
        assertThat(etl("rejects", "export", "more", "--codes", "UNMAPPED_FIELD").out())
                .contains("nothing was written");
        assertThat(directory.resolve("more")).doesNotExist();
    }

    @Test
    void retriesThemAfterTheSchemaWasMended() throws SQLException {
        target = DATABASES.create();
        etl("migrate");
        Databases.execute(target, "ALTER TABLE users ADD CONSTRAINT nobody CHECK (name = '')");
        assertThat(etl("run", "--source", Etl.SAMPLES.resolve("gigs").toString(), "--limit", "10", "--no-progress")
                        .exitCode())
                .isEqualTo(1);
        assertThat(count("--codes", "CONSTRAINT_VIOLATION")).isEqualTo(10);
        assertThat(etl("rejects", "retry").exitCode()).isEqualTo(1);

        Databases.execute(target, "ALTER TABLE users DROP CONSTRAINT nobody");
        Result retried = etl("rejects", "retry", "--collections", "users");
        assertThat(retried.exitCode()).as(retried.err()).isZero();
        assertThat(retried.out()).contains("from rejects of gigs", "users");
        assertThat(count()).isZero();
        assertThat(Databases.text(target, "SELECT count(*) FROM users")).isEqualTo("10");

        JsonNode nothing = etl("rejects", "retry", "--output", "json").json();
        assertThat(nothing.get("exitCode").asInt()).isZero();
        assertThat(nothing.get("collections").get(0).get("read").asLong()).isZero();
        assertThat(etl("rejects", "retry", "--collections", "usrs").exitCode()).isEqualTo(2);
    }

    @Test
    void discardsWhatWasChosenAndConfirmed() {
        assertThat(etl("rejects", "discard", "--yes").errorLine()).contains("--codes", "--all");
        assertThat(etl("rejects", "discard", "--all", "--codes", "TOO_LONG", "--yes")
                        .errorLine())
                .contains("--all");
        Result asked = etl("rejects", "discard", "--collections", "users");
        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(asked.errorLine()).contains("23 rejects would be deleted", "--yes");
        assertThat(count()).isEqualTo(40);

        Result discarded = etl("rejects", "discard", "--collections", "users", "--yes");
        assertThat(discarded.exitCode()).isZero();
        assertThat(discarded.out()).isEqualTo("23 rejects discarded.\n");
        assertThat(count()).isEqualTo(17);
        assertThat(etl("rejects", "discard", "--all", "--yes", "--output", "json")
                        .json()
                        .get("discarded")
                        .asLong())
                .isEqualTo(17);
    }

    @Test
    void pointsToTheseCommandsWhereDocumentsAreRejected() {
        assertThat(etl("run", "--source", DIRTY).out()).contains("./etl rejects list --runs 2", "rejects retry");
        assertThat(etl("status").out()).contains("./etl rejects list");
    }
}
