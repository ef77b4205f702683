package io.docrows.source.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rewrites words: names of fields, constants, and calls of the shell's helpers with what is in their parentheses. */
final class ShellCall {

    private static final int LONGEST_WORD = 1_000;

    /** The longest argument: 16 MiB in base64, and some room. */
    private static final int LONGEST_ARGUMENT = 24 << 20;

    private static final int MOST_ARGUMENTS = 4;

    /** A reference holds an ObjectId, a code its scope; nothing holds more. */
    private static final int DEEPEST = 20;

    private final Lookahead in;
    private final ShellText texts;

    ShellCall(Lookahead in, ShellText texts) {
        this.in = in;
        this.texts = texts;
    }

    /** Rewrites what begins with a letter. What is not known stays as it is, and no parser takes it. */
    void word(ByteBuilder target) throws IOException {
        if (!value(target, 0, true)) {
            target.add('?');
        }
    }

    private boolean value(ByteBuilder target, int depth, boolean named) throws IOException {
        String word = letters();
        if (word.equals("new") && ShellText.isBlank(in.peek(0))) {
            blanks();
            word = "new " + letters();
        }
        int next = in.peek(texts.blanks(0));
        if (next == ':' && named) {
            target.add("\"" + word + "\"");
            return true;
        }
        if (next != '(' || depth > DEEPEST) {
            String constant = constant(word);
            target.add(constant == null ? word : constant);
            return constant != null;
        }
        blanks();
        List<String> arguments = arguments(depth);
        String value = arguments == null ? null : ShellHelpers.value(word, arguments);
        target.addText(value == null ? word : value);
        return value != null;
    }

    private static @Nullable String constant(String word) {
        return switch (word) {
            case "true", "false", "null", "NaN", "Infinity" -> word;
            case "undefined" -> "{\"$undefined\":true}";
            case "MinKey" -> "{\"$minKey\":1}";
            case "MaxKey" -> "{\"$maxKey\":1}";
            default -> null;
        };
    }

    /** Letters, digits and dots: {@code Binary.createFromBase64} is one word. */
    private String letters() throws IOException {
        ByteBuilder word = new ByteBuilder();
        int next = in.peek(0);
        while ((ShellText.isLetter(next) || next >= '0' && next <= '9' || next == '.') && word.size() < LONGEST_WORD) {
            word.add(in.take());
            next = in.peek(0);
        }
        return word.toString();
    }

    /** What is between parentheses, each as JSON; null if it is not understood. */
    private @Nullable List<String> arguments(int depth) throws IOException {
        in.take();
        List<String> arguments = new ArrayList<>();
        blanks();
        if (in.peek(0) == ')') {
            in.take();
            return arguments;
        }
        while (arguments.size() < MOST_ARGUMENTS) {
            blanks();
            ByteBuilder argument = new ByteBuilder();
            if (!argument(argument, depth + 1)) {
                return null;
            }
            arguments.add(argument.toString());
            blanks();
            int next = in.take();
            if (next == ')') {
                return arguments;
            }
            if (next != ',') {
                return null;
            }
        }
        return null;
    }

    private boolean argument(ByteBuilder target, int depth) throws IOException {
        int next = in.peek(0);
        if (depth > DEEPEST || target.size() > LONGEST_ARGUMENT) {
            return false;
        }
        if (next == '"' || next == '\'') {
            return text(target);
        }
        if (next == '{' || next == '[') {
            return nested(target, depth, next == '{' ? '}' : ']');
        }
        if (ShellText.isLetter(next)) {
            return value(target, depth, false);
        }
        while (next >= '0' && next <= '9' || next == '-' || next == '+' || next == '.' || next == 'e' || next == 'E') {
            if (target.size() > LONGEST_ARGUMENT) {
                return false;
            }
            target.add(in.take());
            next = in.peek(0);
        }
        return target.size() > 0;
    }

    private boolean text(ByteBuilder target) throws IOException {
        int quote = in.take();
        target.add('"');
        while (quote != 0) {
            if (in.peek(0) < 0 || target.size() > LONGEST_ARGUMENT) {
                return false;
            }
            quote = texts.step(quote, target);
        }
        return true;
    }

    private boolean nested(ByteBuilder target, int depth, int end) throws IOException {
        target.add(in.take());
        blanks();
        while (in.peek(0) != end) {
            int next = in.peek(0);
            if (next == ',' || next == ':') {
                target.add(in.take());
            } else if (ShellText.isLetter(next)) {
                if (!value(target, depth + 1, end == '}') || target.size() > LONGEST_ARGUMENT) {
                    return false;
                }
            } else {
                ByteBuilder inner = new ByteBuilder();
                if (!argument(inner, depth + 1) || target.size() + inner.size() > LONGEST_ARGUMENT) {
                    return false;
                }
                target.add(inner);
            }
            blanks();
        }
        target.add(in.take());
        return true;
    }

    private void blanks() throws IOException {
        while (ShellText.isBlank(in.peek(0))) {
            in.take();
        }
    }
}
