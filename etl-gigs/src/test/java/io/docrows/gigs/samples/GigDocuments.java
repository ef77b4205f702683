package io.docrows.gigs.samples;

import io.docrows.gigs.samples.Jobs.Job;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** The gigs of the marketplace. Every one of them loads; the posters of three are nobody's {@code _id}. */
final class GigDocuments {

    static final int COUNT = 5_000;
    private static final long SEED = 20_260_930;
    private static final List<String> STATES = List.of("done", "unstarted", "in_progress", "cancelled");

    private final Dice dice = new Dice(SEED);
    private final SampleIds ids = new SampleIds(0x2B_0000);
    private final List<BsonValue> posters;

    private GigDocuments(List<BsonValue> posters) {
        this.posters = posters;
    }

    /** The same documents every time. */
    static List<BsonDocument> all(List<BsonDocument> users) {
        List<BsonValue> posters = users.stream().map(user -> user.get("_id")).toList();
        GigDocuments documents = new GigDocuments(posters);
        List<BsonDocument> all = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            all.add(documents.gig(i));
        }
        return all;
    }

    private BsonDocument gig(int i) {
        Job job = dice.pick(Jobs.JOBS);
        BsonDateTime created = created(i);
        BsonDocument gig = new BsonDocument("_id", id(i, created))
                .append("created", created)
                .append("updated", new BsonDateTime(created.getValue() + dice.between(0, 1_000_000_000)));
        if (i % 500 != 77) {
            gig.append("title", new BsonString(title(job)));
        }
        if (!dice.chance(3)) {
            gig.append("description", dice.chance(2) ? BsonNull.VALUE : new BsonString(description(i, job)));
        }
        gig.append("state", new BsonString(dice.pickEarly(STATES)));
        addPoster(gig, i);
        addBudget(gig);
        if (dice.chance(15)) {
            gig.append("upsert", BsonBoolean.TRUE);
        }
        return gig;
    }

    private BsonValue id(int i, BsonDateTime created) {
        if (i % 30 == 12) {
            return new BsonInt32(1 + i / 30);
        }
        if (i % 60 == 25) {
            return new BsonString(String.format(Locale.ROOT, "gig/%d/%04d", 2014 + i / 420, i));
        }
        return i % 120 == 51 ? new BsonInt64(7_000_000_000L + i) : ids.next(created);
    }

    private BsonDateTime created(int i) {
        if (i == 1_234) {
            return SampleIds.date("1969-07-20T20:17:40Z");
        }
        return new BsonDateTime(
                SampleIds.date("2014-03-02T08:00:00Z").getValue() + i * 79_000_000L + dice.between(0, 70_000_000));
    }

    private String title(Job job) {
        String title = job.title();
        if (dice.chance(60)) {
            title += " in " + dice.pick(Jobs.PLACES);
        }
        if (dice.chance(30)) {
            title += " " + dice.pick(Jobs.OCCASIONS);
        }
        return title;
    }

    private String description(int i, Job job) {
        StringBuilder text = new StringBuilder(job.task());
        // A few people paste the whole story of their house.
        int sentences = i % 900 == 450 ? 300 : dice.between(0, 3);
        int detail = dice.between(0, Jobs.DETAILS.size() - 1);
        for (int n = 0; n < sentences; n++) {
            text.append(n % 12 == 11 ? "\n\n" : " ").append(Jobs.DETAILS.get(detail));
            // Coprime to the number of details, so that none comes twice before all came once.
            detail = (detail + 5) % Jobs.DETAILS.size();
        }
        return dice.chance(40) ? text.toString().replace('\'', '’') : text.toString();
    }

    private void addPoster(BsonDocument gig, int i) {
        if (i == 801 || i == 2_602) {
            gig.append(
                    "poster", new BsonObjectId(new ObjectId(String.format(Locale.ROOT, "5ca1ab1e0000000000%06x", i))));
        } else if (i == 4_403) {
            gig.append("poster", new BsonInt32(9_001));
        } else if (dice.chance(3)) {
            gig.append("poster", BsonNull.VALUE);
        } else if (!dice.chance(3)) {
            gig.append("poster", poster(dice.pickEarly(posters)));
        }
    }

    /** A number that went through a script may come back as another type; for MongoDB it is the same one. */
    private BsonValue poster(BsonValue user) {
        return user instanceof BsonInt32 number && dice.chance(40) ? new BsonDouble(number.getValue()) : user;
    }

    private void addBudget(BsonDocument gig) {
        int die = dice.between(1, 100);
        if (die <= 40) {
            BigDecimal amount = BigDecimal.valueOf(dice.between(15_00, 4_000_00), 2);
            gig.append("budget", new BsonDecimal128(new Decimal128(amount)));
        } else if (die <= 65) {
            gig.append("budget", new BsonDouble(dice.between(60, 8_000) / 4.0));
        } else if (die <= 87) {
            gig.append("budget", new BsonInt32(dice.between(2, 300) * 10));
        } else if (die <= 89) {
            gig.append("budget", new BsonDecimal128(new Decimal128(new BigDecimal("1.5E+3"))));
        } else if (die <= 92) {
            gig.append("budget", BsonNull.VALUE);
        }
    }
}
