package io.docrows.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares long lists for tests: thousands of lines that are right would hide the few that are not. */
public final class Differences {

    private Differences() {}

    /** The lines that are in one of two collections only. */
    public static List<String> of(Collection<String> found, Collection<String> expected) {
        List<String> differences = new ArrayList<>();
        Set<String> first = new TreeSet<>(found);
        Set<String> second = new TreeSet<>(expected);
        first.stream()
                .filter(line -> !second.contains(line))
                .map("found "::concat)
                .forEach(differences::add);
        second.stream()
                .filter(line -> !first.contains(line))
                .map("missed "::concat)
                .forEach(differences::add);
        return differences;
    }
}
