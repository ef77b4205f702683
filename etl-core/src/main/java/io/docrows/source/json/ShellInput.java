package io.docrows.source.json;

import java.io.IOException;
import java.io.InputStream;

/**
 * Rewrites what the shell prints as Extended JSON, for a parser that only knows JSON: helpers such as
 * {@code ObjectId("…")}, regular expressions, names without quotes, single quotes, comments. Every other byte passes as
 * it is; a byte that is no UTF-8 becomes an unpaired surrogate, of which {@link TextOutput} makes that byte again, so
 * that its document is rejected and kept.
 *
 * <p>What it does not know it passes on, so that the parser refuses it when it gets there, and not before. Memory is
 * bounded, whatever the input. Not thread-safe.
 */
final class ShellInput extends InputStream {

    private enum Within {
        NOTHING,
        TEXT,
        LINE_COMMENT,
        BLOCK_COMMENT
    }

    private final Lookahead in;
    private final ByteBuilder out = new ByteBuilder();
    private final OffsetMap offsets = new OffsetMap();
    private final ShellText texts;
    private final ShellCall calls;
    private Within within = Within.NOTHING;
    private int quote;
    private int taken;

    /** How many bytes have been given away, without those in {@link #out}. */
    private long given;

    ShellInput(InputStream in) {
        this.in = new Lookahead(in);
        this.texts = new ShellText(this.in);
        this.calls = new ShellCall(this.in, texts);
    }

    /**
     * Where a byte comes from.
     *
     * @param offset how many bytes of this stream are before it; no smaller than in calls before
     * @return how many bytes of the source are before it, exactly if it stands there as well
     */
    long sourceOf(long offset) {
        return offsets.sourceOf(offset);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (taken == out.size()) {
            given += taken;
            taken = 0;
            out.clear();
            while (out.size() < count && in.peek(0) >= 0) {
                step();
            }
            if (in.peek(0) < 0 && within == Within.BLOCK_COMMENT) {
                // A comment that is not closed may hide documents, so the parser is to refuse it.
                out.add('?');
                within = Within.NOTHING;
            }
        }
        int part = Math.min(count, out.size() - taken);
        if (part == 0) {
            return -1;
        }
        System.arraycopy(out.bytes(), taken, target, from, part);
        taken += part;
        return part;
    }

    private void step() throws IOException {
        long before = in.offset() - given - out.size();
        switch (within) {
            case NOTHING -> token();
            case TEXT -> {
                quote = texts.step(quote, out);
                within = quote == 0 ? Within.NOTHING : Within.TEXT;
            }
            case LINE_COMMENT -> comment('\n', '\r');
            case BLOCK_COMMENT -> comment('*', '*');
        }
        if (in.offset() - given - out.size() != before) {
            offsets.add(given + out.size(), in.offset());
        }
    }

    private void token() throws IOException {
        int next = in.peek(0);
        if (next == '"' || next == '\'') {
            quote = in.take();
            out.add('"');
            within = Within.TEXT;
        } else if (next == '/' && (in.peek(1) == '*' || in.peek(1) == '/')) {
            in.take();
            within = in.take() == '*' ? Within.BLOCK_COMMENT : Within.LINE_COMMENT;
        } else if (next == '/') {
            texts.regularExpression(out);
        } else if (ShellText.isLetter(next)) {
            calls.word(out);
        } else if (isNumber(next)) {
            while (isNumber(next) || ShellText.isLetter(next)) {
                out.add(in.take());
                next = in.peek(0);
            }
        } else {
            out.add(in.take());
        }
    }

    private static boolean isNumber(int c) {
        return c >= '0' && c <= '9' || c == '.';
    }

    /** Leaves out a comment but for its ends of lines, since lines are counted. */
    private void comment(int one, int other) throws IOException {
        int next = in.take();
        if (next == '\n' || next == '\r') {
            out.add(next);
        }
        if ((next == one || next == other) && (next != '*' || in.peek(0) == '/')) {
            if (next == '*') {
                in.take();
            }
            within = Within.NOTHING;
        }
    }
}
