package io.docrows.gigs.samples;

import static io.docrows.error.RejectCode.DUPLICATE_FIELD;
import static io.docrows.error.RejectCode.DUPLICATE_VALUE;
import static io.docrows.error.RejectCode.INVALID_DOCUMENT;
import static io.docrows.error.RejectCode.INVALID_UTF8;
import static io.docrows.error.RejectCode.INVALID_VALUE;
import static io.docrows.error.RejectCode.MISSING_VALUE;
import static io.docrows.error.RejectCode.NUL_CHARACTER;
import static io.docrows.error.RejectCode.OUT_OF_RANGE;
import static io.docrows.error.RejectCode.TYPE_MISMATCH;
import static io.docrows.gigs.samples.DirtyDocument.bad;
import static io.docrows.gigs.samples.DirtyDocument.good;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBinaryWriter;

/** Users of whom many are rejected, each for one reason; none is also a user of the other sample. */
final class DirtyUsers {

    private static final long CREATED = SampleIds.date("2026-01-15T09:30:00Z").getValue();

    private DirtyUsers() {}

    static List<DirtyDocument> all() {
        List<DirtyDocument> users = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            int n = i;
            users.add(good(90_000 + n, "a sound user", user -> {
                user.writeDateTime("created", CREATED + n);
                user.writeString("name", People.FIRST.get(n) + " " + People.LAST.get(n));
                user.writeString("email", "user" + n + "@dirty.example.com");
                strings(user, "skills", Professions.KNOWN.get(n), Professions.KNOWN.get(n + 1));
            }));
        }
        names(users);
        emails(users);
        skills(users);
        dates(users);
        wholes(users);
        return List.copyOf(users);
    }

    private static void names(List<DirtyDocument> users) {
        users.add(bad(90_101, MISSING_VALUE, "no `name`", user -> user.writeString("email", "ada@dirty.example.com")));
        users.add(bad(90_102, MISSING_VALUE, "`name` is null", user -> user.writeNull("name")));
        users.add(bad(90_103, TYPE_MISMATCH, "`name` is a number", user -> user.writeInt32("name", 103)));
        users.add(bad(
                90_104, NUL_CHARACTER, "`name` holds U+0000", user -> user.writeString("name", "Nell\u0000 Quinn")));
        users.add(bad(
                        90_105,
                        INVALID_UTF8,
                        "`name` is Latin-1, not UTF-8",
                        user -> user.writeString("name", "Bj~rn Holm"))
                .with("~", 0xF6));
        users.add(bad(
                        90_106,
                        INVALID_UTF8,
                        "`name` holds half of a surrogate pair",
                        user -> user.writeString("name", "Reis ~~~"))
                .with("~~~", 0xED, 0xA0, 0xBC));
        users.add(bad(90_107, DUPLICATE_FIELD, "`name` comes twice", user -> {
            user.writeString("name", "Uma Berg");
            user.writeString("name", "Uma Dahl");
        }));
    }

    private static void emails(List<DirtyDocument> users) {
        users.add(bad(90_111, INVALID_VALUE, "`email` is no address", user -> named(user, "email", "write me!")));
        users.add(bad(
                90_112, INVALID_VALUE, "`email` has no public domain", user -> named(user, "email", "ada@localhost")));
        users.add(bad(
                90_113,
                INVALID_VALUE,
                "`email` holds two",
                user -> named(user, "email", "a@example.com, b@example.com")));
        users.add(bad(90_114, TYPE_MISMATCH, "`email` is a boolean", user -> {
            user.writeString("name", "Ida Falk");
            user.writeBoolean("email", false);
        }));
        users.add(bad(
                90_115,
                DUPLICATE_VALUE,
                "`email` is that of user 90003, spelled otherwise",
                user -> named(user, "email", "MAILTO:User3@Dirty.Example.com")));
        users.add(good(90_116, "`email` is blank", user -> named(user, "email", " ")));
        users.add(good(90_117, "`email` is blank, too: null is no duplicate", user -> named(user, "email", "")));
    }

    private static void skills(List<DirtyDocument> users) {
        users.add(bad(90_121, TYPE_MISMATCH, "`skills` is a string", user -> named(user, "skills", "Gardener")));
        users.add(bad(90_122, TYPE_MISMATCH, "`skills` holds a number", user -> {
            user.writeString("name", "Mara Lang");
            user.writeStartArray("skills");
            user.writeString("Gardener");
            user.writeInt32(7);
            user.writeEndArray();
        }));
        users.add(bad(90_123, NUL_CHARACTER, "a skill holds U+0000", user -> {
            user.writeString("name", "Milan Novák");
            strings(user, "skills", "Gardener", "Plum\u0000ber");
        }));
        users.add(bad(90_124, INVALID_UTF8, "a skill is not UTF-8", user -> {
                    user.writeString("name", "Nia Osei");
                    strings(user, "skills", "Garde~er");
                })
                .with("~", 0xFF));
        users.add(good(90_125, "`skills` is null", user -> {
            user.writeString("name", "Ruth Simon");
            user.writeNull("skills");
        }));
    }

    private static void dates(List<DirtyDocument> users) {
        users.add(bad(90_131, OUT_OF_RANGE, "`created` is in the year 294277", user -> {
            user.writeDateTime("created", 9_224_318_016_000_000L);
            user.writeString("name", "Vera Holm");
        }));
        users.add(bad(90_132, OUT_OF_RANGE, "`updated` is before 4713 BC", user -> {
            user.writeString("name", "Theo Holm");
            user.writeDateTime("updated", Long.MIN_VALUE);
        }));
        users.add(bad(
                90_133,
                TYPE_MISMATCH,
                "`created` is a string",
                user -> named(user, "created", "2026-01-15T09:30:00Z")));
    }

    private static void wholes(List<DirtyDocument> users) {
        users.add(new DirtyDocument(
                "", "no `_id`", MISSING_VALUE, Bson.write(user -> user.writeString("name", "Nobody in Particular"))));
        users.add(new DirtyDocument("null", "`_id` is null, which is a value like any other", null, Bson.write(user -> {
            user.writeNull("_id");
            user.writeString("name", "Null Island");
        })));
        users.add(bad(90_143, INVALID_DOCUMENT, "the length of `skills` is wrong", user -> {
                    user.writeString("name", "Zora Blom");
                    strings(user, "skills", "Carpenter");
                })
                .patched("skills\0", 7, 0x7F));
        users.add(bad(
                        90_144,
                        INVALID_DOCUMENT,
                        "the length of `name` leads out of the document",
                        user -> user.writeString("name", "Leo Faber"))
                .patched("name\0", 5, 0x7F));
        users.add(bad(
                        90_145,
                        INVALID_DOCUMENT,
                        "a field has a type that BSON does not know",
                        user -> user.writeString("name", "Pia Haas"))
                .patched("name\0", -1, 0x42));
    }

    private static void named(BsonBinaryWriter user, String field, String value) {
        user.writeString("name", "Kim Stein");
        user.writeString(field, value);
    }

    private static void strings(BsonBinaryWriter writer, String field, String... values) {
        writer.writeStartArray(field);
        for (String value : values) {
            writer.writeString(value);
        }
        writer.writeEndArray();
    }
}
