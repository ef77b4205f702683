package io.docrows.benchmarks.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An invented marketplace: one user to two gigs. Each user and each gig follows from the seed and its number alone, so
 * that two marketplaces of the same size are alike, and a changed document differs only in what was changed. Immutable.
 */
final class Marketplace {

    /** One document in so many is another one after the change. */
    static final int CHANGED_ONE_IN = 100;

    private static final long SEED = 20_140_302;
    private static final long FIRST_SECOND =
            Instant.parse("2014-03-02T08:00:00Z").getEpochSecond();
    private static final long SECONDS = 300_000_000;

    private static final List<String> FIRST_ADDRESSES = Words.addresses(Words.FIRST_NAMES);
    private static final List<String> LAST_ADDRESSES = Words.addresses(Words.LAST_NAMES);
    private static final List<String> DOMAINS =
            List.of("mail.example.com", "post.example.org", "example.net", "letters.example.com");
    private static final List<String> STATES = List.of("done", "unstarted", "in_progress", "cancelled");

    private final int users;
    private final int gigs;

    /**
     * A marketplace of a size.
     *
     * @param documents users and gigs together, at least 3
     */
    Marketplace(int documents) {
        this.users = documents / 3;
        this.gigs = documents - users;
    }

    int users() {
        return users;
    }

    int gigs() {
        return gigs;
    }

    /** Whether the user or gig of a number is among those that change. */
    static boolean changes(int number) {
        return number % CHANGED_ONE_IN == CHANGED_ONE_IN / 2;
    }

    User user(int number, boolean changed) {
        SplittableRandom random = random(number, 1);
        Instant created = moment(number, users, random);
        int first = random.nextInt(Words.FIRST_NAMES.size());
        int last = random.nextInt(Words.LAST_NAMES.size());
        String name = random.nextInt(100) < 2
                ? pick(Words.OTHER_NAMES, random)
                : Words.FIRST_NAMES.get(first) + " " + Words.LAST_NAMES.get(last);
        String email = FIRST_ADDRESSES.get(first) + "." + LAST_ADDRESSES.get(last) + "." + Integer.toString(number, 36)
                + "@" + pick(DOMAINS, random);
        int wanted = random.nextInt(7);
        Set<String> skills = new LinkedHashSet<>();
        while (skills.size() < wanted) {
            skills.add(pickEarly(Words.SKILLS, random));
        }
        boolean addressKnown = random.nextInt(100) >= 2;
        Instant updated = random.nextInt(100) < 90 ? created.plusMillis(random.nextLong(40_000_000_000L)) : null;
        if (changed) {
            updated = created.plusSeconds(50_000_000);
            name = name + " Jr.";
            skills = changedSkills(skills, random);
        }
        return new User(userId(number), created, updated, name, addressKnown ? email : null, new ArrayList<>(skills));
    }

    /** One skill is forgotten, if there is any, and another learnt. */
    private static Set<String> changedSkills(Set<String> skills, SplittableRandom random) {
        Set<String> changed = new LinkedHashSet<>(skills);
        skills.stream().findFirst().ifPresent(changed::remove);
        changed.add(pick(Words.SKILLS, random));
        return changed;
    }

    Gig gig(int number, boolean changed) {
        SplittableRandom random = random(number, 2);
        Instant created = moment(number, gigs, random);
        Instant updated = random.nextInt(100) < 90 ? created.plusMillis(random.nextLong(10_000_000_000L)) : null;
        String title = pick(Words.TITLES, random) + " in " + pick(Words.PLACES, random);
        String description = random.nextInt(100) < 3 ? null : description(random);
        String state = pickEarly(STATES, random);
        BigDecimal budget = random.nextInt(100) < 90 ? budget(random) : null;
        String poster = random.nextInt(100) < 97 ? userId(random.nextInt(users)) : null;
        if (changed) {
            updated = created.plusSeconds(12_000_000);
            state = STATES.get((STATES.indexOf(state) + 1) % STATES.size());
            budget = budget(random);
        }
        return new Gig(gigId(number), created, updated, title, description, state, budget, poster);
    }

    private static String description(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int sentences = 1 + random.nextInt(5);
        for (int i = 0; i < sentences; i++) {
            text.append(i == 0 ? "" : " ").append(pick(Words.SENTENCES, random));
        }
        return text.toString();
    }

    /** Whole, with cents, or in quarters: a document may hold them as integers, decimals or doubles. */
    private static BigDecimal budget(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> BigDecimal.valueOf(random.nextInt(2, 300) * 10L);
            case 1 -> BigDecimal.valueOf(random.nextInt(15_00, 4_000_00), 2);
            default -> BigDecimal.valueOf(random.nextInt(60, 8_000) * 25L, 2);
        };
    }

    private String userId(int number) {
        return objectId(number, users, 1);
    }

    private String gigId(int number) {
        return objectId(number, gigs, 2);
    }

    /** Second, random part of the process that made it (there are four), counter. */
    private static String objectId(int number, int of, int collection) {
        int process = (int) (mix(number * 31L + collection) >>> 62);
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits((int) second(number, of))
                + hex.toHexDigits(mix(collection * 100L + process), 10)
                + hex.toHexDigits(number, 6);
    }

    private static long second(int number, int of) {
        return FIRST_SECOND + SECONDS * number / of;
    }

    private static Instant moment(int number, int of, SplittableRandom random) {
        return Instant.ofEpochMilli(second(number, of) * 1000 + random.nextInt(1000));
    }

    private static SplittableRandom random(int number, int collection) {
        return new SplittableRandom(mix(SEED + 2L * number + collection));
    }

    /** The finalizer of SplitMix64: neighbours become strangers. */
    private static long mix(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static <T> T pick(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Those at the front more often. */
    private static <T> T pickEarly(List<T> list, SplittableRandom random) {
        return list.get(Math.min(random.nextInt(list.size()), random.nextInt(list.size())));
    }
}
