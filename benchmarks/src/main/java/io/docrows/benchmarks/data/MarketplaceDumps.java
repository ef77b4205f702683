package io.docrows.benchmarks.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes the documents of the marketplace: a third are users, the others gigs. */
final class MarketplaceDumps {

    private static final List<String> COLLECTIONS = List.of("users", "gigs");

    private MarketplaceDumps() {}

    static DataSet.Pair write(Path directory, int documents, Set<String> skills) throws IOException {
        Marketplace marketplace = new Marketplace(documents);
        Set<String> before = new TreeSet<>(skills);
        Set<String> after = new TreeSet<>(skills);
        try (DumpPart original = new DumpPart(directory.resolve("original"), COLLECTIONS);
                DumpPart changed = new DumpPart(directory.resolve("changed"), COLLECTIONS)) {
            for (int i = 0; i < marketplace.users(); i++) {
                User user = marketplace.user(i, false);
                byte[] document = DocumentEncoder.user(user);
                add(original, user, document, before);
                if (Marketplace.changes(i)) {
                    user = marketplace.user(i, true);
                    document = DocumentEncoder.user(user);
                }
                add(changed, user, document, after);
            }
            for (int i = 0; i < marketplace.gigs(); i++) {
                Gig gig = marketplace.gig(i, false);
                byte[] document = DocumentEncoder.gig(gig);
                add(original, gig, document);
                if (Marketplace.changes(i)) {
                    gig = marketplace.gig(i, true);
                    document = DocumentEncoder.gig(gig);
                }
                add(changed, gig, document);
            }
            before.forEach(skill -> original.row("skills", skill));
            // A skill stays when nobody has it any more.
            after.addAll(before);
            after.forEach(skill -> changed.row("skills", skill));
            return new DataSet.Pair(original.dataSet(documents), changed.dataSet(documents));
        }
    }

    private static void add(DumpPart part, User user, byte[] document, Set<String> skills) throws IOException {
        part.document("users", document);
        part.row("users", Content.line(user));
        for (String skill : user.skills()) {
            part.row("users_skills", Content.line(user, skill));
        }
        skills.addAll(user.skills());
    }

    private static void add(DumpPart part, Gig gig, byte[] document) throws IOException {
        part.document("gigs", document);
        part.row("gigs", Content.line(gig));
    }
}
