package io.docrows.runner.docs;

import java.util.ArrayList;
import java.util.List;

/** A page in Markdown whose blocks marked {@code console} show commands, each with what it prints. */
record ConsolePage(List<Part> parts) {

    private static final String BEGIN = "```console";
    private static final String END = "```";
    private static final String PROMPT = "$ ";
    private static final String CONTINUED = "\\";

    /**
     * Lines that follow each other: a command as it is typed, if it is one, and what it prints or what is around it.
     */
    record Part(List<String> command, List<String> lines) {

        boolean isCommand() {
            return !command.isEmpty();
        }

        /** What a shell is given. */
        String typed() {
            return String.join("\n", command).substring(PROMPT.length()).replace(CONTINUED + "\n> ", " ");
        }
    }

    static ConsolePage parse(String text) {
        List<Part> parts = new ArrayList<>(List.of(new Part(List.of(), new ArrayList<>())));
        boolean inside = false;
        boolean continued = false;
        for (String line : text.lines().toList()) {
            Part last = parts.get(parts.size() - 1);
            if (continued) {
                last.command().add(line);
                continued = line.endsWith(CONTINUED);
            } else if (inside && line.startsWith(PROMPT)) {
                parts.add(new Part(new ArrayList<>(List.of(line)), new ArrayList<>()));
                continued = line.endsWith(CONTINUED);
            } else if (inside && line.equals(END)) {
                inside = false;
                parts.add(new Part(List.of(), new ArrayList<>(List.of(line))));
            } else {
                inside |= line.equals(BEGIN);
                last.lines().add(line);
            }
        }
        return new ConsolePage(parts);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            part.command().forEach(line -> text.append(line).append('\n'));
            part.lines().forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }
}
