package io.docrows.gigs.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The users of the marketplace. Every one of them loads. */
final class UserDocuments {

    static final int COUNT = 2_000;
    private static final long SEED = 20_140_301;

    /** Dates that other systems left behind: before the epoch, at it, and what "no date" is in some of them. */
    private static final List<String> OLD_DATES = List.of(
            "1957-10-04T19:28:34Z",
            "1969-12-31T23:59:59.999Z",
            "1970-01-01T00:00:00Z",
            "1900-01-01T00:00:00Z",
            "0001-01-01T00:00:00Z",
            "1582-10-10T12:00:00Z");

    private final Dice dice = new Dice(SEED);
    private final EmailSpelling emails = new EmailSpelling(dice);
    private final SampleIds ids = new SampleIds(0x0A_1000);

    private UserDocuments() {}

    /** The same documents every time. */
    static List<BsonDocument> all() {
        UserDocuments documents = new UserDocuments();
        List<BsonDocument> all = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            all.add(documents.user(i));
        }
        return all;
    }

    private BsonDocument user(int i) {
        BsonDateTime created = created(i);
        String name = name(i);
        BsonDocument user = new BsonDocument("_id", id(i, created)).append("created", created);
        if (!dice.chance(5)) {
            user.append("updated", dice.chance(3) ? BsonNull.VALUE : later(created));
        }
        user.append("name", new BsonString(name));
        emails.add(user, name);
        addSkills(user);
        if (i % 160 == 11) {
            user.append("__v", new BsonInt32(0));
        }
        return user;
    }

    private BsonValue id(int i, BsonDateTime created) {
        if (i % 40 == 7) {
            return new BsonInt32(1 + i / 40);
        }
        if (i % 500 == 68) {
            // For MongoDB these are not the numbers of the same digits.
            return new BsonString(Integer.toString(1 + i / 500));
        }
        if (i % 50 == 18) {
            return new BsonString(String.format(Locale.ROOT, "member-%04d", i));
        }
        return i % 100 == 33 ? new BsonInt64(5_000_000_000L + i) : ids.next(created);
    }

    private BsonDateTime created(int i) {
        if (i % 333 == 5) {
            return SampleIds.date(OLD_DATES.get(i / 333 % OLD_DATES.size()));
        }
        // Users come in the order in which they signed up, over twelve years.
        return new BsonDateTime(
                SampleIds.date("2014-03-01T08:00:00Z").getValue() + i * 188_000_000L + dice.between(0, 180_000_000));
    }

    private BsonDateTime later(BsonDateTime created) {
        return new BsonDateTime(created.getValue() + dice.between(0, 1_000_000_000));
    }

    private String name(int i) {
        if (i % 91 == 3) {
            return People.UNUSUAL.get(i / 91 % People.UNUSUAL.size());
        }
        String name = dice.pick(People.FIRST) + " " + dice.pick(People.LAST);
        if (dice.chance(4)) {
            name += "-" + dice.pick(People.LAST);
        }
        return dice.chance(50) ? name.replace('\'', '’').replace('-', '–') : name;
    }

    private void addSkills(BsonDocument user) {
        int die = dice.between(1, 100);
        if (die <= 8) {
            return;
        }
        if (die <= 12) {
            user.append("skills", BsonNull.VALUE);
            return;
        }
        BsonArray skills = new BsonArray();
        for (int n = dice.between(0, 5); n > 0; n--) {
            skills.add(new BsonString(skill()));
        }
        if (!skills.isEmpty() && dice.chance(8)) {
            skills.add(skills.get(0));
        }
        if (dice.chance(4)) {
            skills.add(new BsonString(dice.chance(50) ? "" : "  "));
        }
        if (dice.chance(1)) {
            skills.add(BsonNull.VALUE);
        }
        user.append("skills", skills);
    }

    private String skill() {
        if (dice.chance(7)) {
            return dice.pick(Professions.OWN);
        }
        return dice.chance(3) ? dice.pick(Professions.ODDLY_QUOTED) : dice.pickEarly(Professions.KNOWN);
    }
}
