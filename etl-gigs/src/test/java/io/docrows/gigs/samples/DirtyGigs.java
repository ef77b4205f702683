package io.docrows.gigs.samples;

import static io.docrows.error.RejectCode.DUPLICATE_FIELD;
import static io.docrows.error.RejectCode.INVALID_DOCUMENT;
import static io.docrows.error.RejectCode.INVALID_UTF8;
import static io.docrows.error.RejectCode.INVALID_VALUE;
import static io.docrows.error.RejectCode.MISSING_VALUE;
import static io.docrows.error.RejectCode.NUL_CHARACTER;
import static io.docrows.error.RejectCode.OUT_OF_RANGE;
import static io.docrows.error.RejectCode.TYPE_MISMATCH;
import static io.docrows.gigs.samples.DirtyDocument.bad;
import static io.docrows.gigs.samples.DirtyDocument.good;

import io.docrows.error.RejectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bson.BsonBinaryWriter;
import org.bson.types.Decimal128;

/** Gigs of which many are rejected, each for one reason; none is also a gig of the other sample. */
final class DirtyGigs {

    private static final long CREATED = SampleIds.date("2026-02-01T12:00:00Z").getValue();

    private DirtyGigs() {}

    static List<DirtyDocument> all() {
        List<DirtyDocument> gigs = new ArrayList<>();
        for (int i = 1; i <= 15; i++) {
            int n = i;
            gigs.add(good(80_000 + n, "a sound gig", gig -> {
                gig.writeDateTime("created", CREATED + n);
                gig.writeString("title", Jobs.JOBS.get(n).title());
                gig.writeString("description", Jobs.JOBS.get(n).task());
                gig.writeString("state", "unstarted");
                gig.writeInt32("poster", 90_000 + n);
                gig.writeInt32("budget", 100 * n);
                gig.writeBoolean("upsert", true);
            }));
        }
        states(gigs);
        texts(gigs);
        values(gigs);
        posters(gigs);
        return List.copyOf(gigs);
    }

    private static void states(List<DirtyDocument> gigs) {
        gigs.add(bad(80_201, MISSING_VALUE, "no `state`", gig -> gig.writeString("title", "Stateless")));
        gigs.add(bad(80_202, MISSING_VALUE, "`state` is null", gig -> gig.writeNull("state")));
        gigs.add(
                bad(80_203, INVALID_VALUE, "`state` is none of the four", gig -> gig.writeString("state", "archived")));
        gigs.add(bad(80_204, INVALID_VALUE, "`state` is in upper case", gig -> gig.writeString("state", "DONE")));
        gigs.add(bad(80_205, TYPE_MISMATCH, "`state` is a number", gig -> gig.writeInt32("state", 2)));
        gigs.add(bad(80_206, DUPLICATE_FIELD, "`state` comes twice", gig -> {
            gig.writeString("state", "unstarted");
            gig.writeString("state", "done");
        }));
    }

    private static void texts(List<DirtyDocument> gigs) {
        gigs.add(done(80_211, NUL_CHARACTER, "`title` holds U+0000", gig -> gig.writeString("title", "Mow\u0000")));
        gigs.add(done(80_212, TYPE_MISMATCH, "`title` is a document", gig -> {
            gig.writeStartDocument("title");
            gig.writeString("en", "Mow the lawn");
            gig.writeEndDocument();
        }));
        gigs.add(done(
                        80_213,
                        INVALID_UTF8,
                        "`description` is cut off within a character",
                        gig -> gig.writeString("description", "Caf~"))
                .with("~", 0xC3));
        gigs.add(done(
                        80_214,
                        INVALID_DOCUMENT,
                        "the length of `title` is negative",
                        gig -> gig.writeString("title", "Mow the lawn"))
                .patched("title\0", 9, 0xFF));
    }

    private static void values(List<DirtyDocument> gigs) {
        gigs.add(done(
                80_221,
                OUT_OF_RANGE,
                "`created` is the largest date of all",
                gig -> gig.writeDateTime("created", Long.MAX_VALUE)));
        gigs.add(done(80_222, TYPE_MISMATCH, "`updated` is a number", gig -> gig.writeInt64("updated", CREATED)));
        gigs.add(done(80_223, OUT_OF_RANGE, "`budget` is NaN", gig -> gig.writeDouble("budget", Double.NaN)));
        gigs.add(done(
                80_224,
                OUT_OF_RANGE,
                "`budget` is infinite",
                gig -> gig.writeDouble("budget", Double.POSITIVE_INFINITY)));
        gigs.add(done(
                80_225,
                OUT_OF_RANGE,
                "`budget` is NaN (Decimal128)",
                gig -> gig.writeDecimal128("budget", Decimal128.NaN)));
        gigs.add(done(
                80_226,
                OUT_OF_RANGE,
                "`budget` is infinite (Decimal128)",
                gig -> gig.writeDecimal128("budget", Decimal128.NEGATIVE_INFINITY)));
        gigs.add(done(80_227, TYPE_MISMATCH, "`budget` is a string", gig -> gig.writeString("budget", "120.00")));
    }

    private static void posters(List<DirtyDocument> gigs) {
        gigs.add(good(80_231, "`poster` is a user who is rejected: the reference waits", gig -> {
            gig.writeString("state", "unstarted");
            gig.writeInt32("poster", 90_101);
        }));
        gigs.add(good(80_232, "`poster` is null", gig -> {
            gig.writeString("state", "cancelled");
            gig.writeNull("poster");
        }));
    }

    private static DirtyDocument done(int id, RejectCode code, String about, Consumer<BsonBinaryWriter> fields) {
        return bad(id, code, about, gig -> {
            gig.writeString("state", "done");
            fields.accept(gig);
        });
    }
}
