package io.docrows.benchmarks.data;

import io.docrows.source.dump.DumpWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A mongodump directory and the rows that must come of it. Immutable.
 *
 * @param dump the directory, with {@code users.bson} and {@code gigs.bson}
 * @param documents how many documents it holds
 * @param content what the tables hold after it was loaded
 */
public record DataSet(Path dump, long documents, Content content) {

    /** A data set, and the same one after some of its documents were changed. */
    public record Pair(DataSet original, DataSet changed) {}

    /**
     * Writes a data set, and the same one after one in a hundred documents was changed.
     *
     * @param directory where two dumps are written to; made if it is not there
     * @param documents how many documents, at least 3: a third are users, the others gigs
     * @param skills names that the table of skills holds before anything is loaded
     * @return both
     * @throws IOException if they cannot be written
     */
    public static Pair write(Path directory, int documents, Set<String> skills) throws IOException {
        Marketplace marketplace = new Marketplace(documents);
        try (Part original = new Part(directory.resolve("original"));
                Part changed = new Part(directory.resolve("changed"))) {
            for (int i = 0; i < marketplace.users(); i++) {
                User user = marketplace.user(i, false);
                byte[] document = DocumentEncoder.user(user);
                original.add(user, document);
                if (Marketplace.changes(i)) {
                    user = marketplace.user(i, true);
                    document = DocumentEncoder.user(user);
                }
                changed.add(user, document);
            }
            for (int i = 0; i < marketplace.gigs(); i++) {
                Gig gig = marketplace.gig(i, false);
                byte[] document = DocumentEncoder.gig(gig);
                original.add(gig, document);
                if (Marketplace.changes(i)) {
                    gig = marketplace.gig(i, true);
                    document = DocumentEncoder.gig(gig);
                }
                changed.add(gig, document);
            }
            // A skill stays when nobody has it any more.
            Set<String> before = new TreeSet<>(skills);
            before.addAll(original.skills);
            return new Pair(original.dataSet(documents, skills), changed.dataSet(documents, before));
        }
    }

    /** One dump being written. */
    private static final class Part implements AutoCloseable {

        private final Path directory;
        private final DumpWriter users;
        private final DumpWriter gigs;
        private final Checksum userRows = new Checksum();
        private final Checksum linkRows = new Checksum();
        private final Checksum gigRows = new Checksum();
        private final Set<String> skills = new LinkedHashSet<>();

        private Part(Path directory) throws IOException {
            this.directory = Files.createDirectories(directory);
            this.users = DumpWriter.create(directory.resolve("users.bson"));
            this.gigs = DumpWriter.create(directory.resolve("gigs.bson"));
        }

        private void add(User user, byte[] document) throws IOException {
            users.write(document);
            userRows.add(Content.line(user));
            for (String skill : user.skills()) {
                linkRows.add(Content.line(user, skill));
            }
            skills.addAll(user.skills());
        }

        private void add(Gig gig, byte[] document) throws IOException {
            gigs.write(document);
            gigRows.add(Content.line(gig));
        }

        private DataSet dataSet(long documents, Set<String> skillsBefore) {
            Set<String> names = new TreeSet<>(skillsBefore);
            names.addAll(skills);
            Checksum skillRows = new Checksum();
            List.copyOf(names).forEach(skillRows::add);
            Map<String, Content.Rows> tables = new HashMap<>();
            tables.put("skills", skillRows.total());
            tables.put("users", userRows.total());
            tables.put("users_skills", linkRows.total());
            tables.put("gigs", gigRows.total());
            return new DataSet(directory, documents, new Content(tables));
        }

        @Override
        public void close() throws IOException {
            try (users;
                    gigs) {
                // Both are closed, whatever happens.
            }
        }
    }
}
