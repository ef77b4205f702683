package io.docrows.cli.command.rejects;

import io.docrows.reject.Rejects;
import io.docrows.reject.StoredReject;
import io.docrows.run.RejectFilter;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Rejects in the order of their numbers, read a page at a time, so that a million of them need no more memory than a
 * thousand. The first page is read at once: what fails before anything is printed is told as a failure alone. Not
 * thread-safe.
 */
final class RejectPages implements Iterator<List<StoredReject>> {

    private static final int PAGE = 1_000;

    private final Rejects rejects;
    private final RejectFilter filter;
    private int left;
    private List<StoredReject> page;

    RejectPages(Rejects rejects, RejectFilter filter, int most) {
        this.rejects = rejects;
        this.filter = filter;
        this.left = most;
        this.page = read(Long.MIN_VALUE);
    }

    @Override
    public boolean hasNext() {
        return !page.isEmpty();
    }

    @Override
    public List<StoredReject> next() {
        List<StoredReject> next = page;
        if (next.isEmpty()) {
            throw new NoSuchElementException();
        }
        page = read(next.get(next.size() - 1).number());
        return next;
    }

    private List<StoredReject> read(long after) {
        List<StoredReject> read = left == 0 ? List.of() : rejects.list(filter, after, Math.min(PAGE, left));
        left -= read.size();
        return read;
    }
}
