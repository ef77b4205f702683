package io.docrows.gigs.samples;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;

/** Gives each user an e-mail address of its own, spelled in the ways in which people and address books spell them. */
final class EmailSpelling {

    private static final String[] DOMAINS = {
        "example.com", "example.org", "example.net", "mail.example.com", "bücher.example.org"
    };

    private final Dice dice;
    private final Set<String> taken = new HashSet<>();

    EmailSpelling(Dice dice) {
        this.dice = dice;
    }

    /** Adds the field, or leaves it out. */
    void add(BsonDocument user, String name) {
        int die = dice.between(1, 100);
        if (die <= 6) {
            return;
        }
        if (die <= 9) {
            user.append("email", BsonNull.VALUE);
        } else if (die <= 11) {
            user.append("email", new BsonString(""));
        } else if (die <= 13) {
            user.append("email", new BsonString("   "));
        } else {
            user.append("email", new BsonString(spell(address(name), die)));
        }
    }

    private static String spell(String address, int die) {
        if (die <= 17) {
            return "mailto:" + address;
        } else if (die <= 19) {
            return "MAILTO: " + address;
        } else if (die <= 22) {
            return " " + address + "\n";
        } else if (die <= 28) {
            return address.toUpperCase(Locale.ROOT);
        } else if (die <= 34) {
            return address.substring(0, 1).toUpperCase(Locale.ROOT) + address.substring(1);
        }
        return address;
    }

    private String address(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z ']", "")
                .strip()
                .replaceAll(" +", ".");
        String local = plain.length() < 2 ? "hello" : plain;
        String domain = dice.chance(2) ? DOMAINS[4] : DOMAINS[dice.between(0, 3)];
        String address = local + "@" + domain;
        for (int n = 2; !taken.add(address); n++) {
            address = local + n + "@" + domain;
        }
        return address;
    }
}
