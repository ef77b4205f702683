package io.docrows.runner.docs;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * As much of a shell as a page needs. {@code ./etl} is the real thing, in this process; JDBC stands in for psql, the
 * MongoDB driver for mongosh and mongorestore. The page's addresses mean the servers of the test.
 */
final class Shell {

    private static final Pattern WORD =
            Pattern.compile("\\s*(?:'(?<single>[^']*)'|\"(?<double>[^\"]*)\"|(?<plain>[^\\s'\"]+))");
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+|\\?)");
    private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=(.*)");

    private final Path directory;
    private final Map<String, String> addresses;
    private final Mongo mongo;
    private final Map<String, String> environment = new HashMap<>();
    private int exitCode;
    private boolean logged;

    /**
     * A shell.
     *
     * @param directory where it works
     * @param addresses the page's addresses, and those of the servers that they mean
     * @param mongo the MongoDB that the page talks about
     */
    Shell(Path directory, Map<String, String> addresses, Mongo mongo) {
        this.directory = directory;
        this.addresses = addresses;
        this.mongo = mongo;
    }

    /** Runs a command and returns the lines that it prints: its result, and its error, but no log. */
    List<String> run(String command) {
        List<String> words = words(command);
        boolean quiet = words.size() > 2 && words.get(words.size() - 2).equals(">");
        logged = words.get(words.size() - 1).equals("2>&1");
        if (quiet || logged) {
            words = words.subList(0, words.size() - (quiet ? 2 : 1));
        }
        try {
            String printed = execute(words.get(0), words.subList(1, words.size()));
            return quiet ? List.of() : printed.lines().map(this::asOnThePage).toList();
        } catch (SQLException | IOException e) {
            throw new AssertionError("cannot be run: " + command, e);
        }
    }

    private String execute(String program, List<String> arguments) throws SQLException, IOException {
        return switch (program) {
            case "./etl" -> etl(arguments);
            case "export" -> export(arguments.get(0));
            case "echo" -> String.join(" ", arguments);
            case "grep" -> grep(arguments.get(0), directory.resolve(arguments.get(1)));
            case "psql" -> psql(arguments.get(0), after("-c", arguments));
            case "mongosh" -> mongo.evaluate(after("--eval", arguments));
            case "mongorestore" -> mongo.restore(directory.resolve(arguments.get(arguments.size() - 1)));
            default -> throw new AssertionError("no stand-in for " + program);
        };
    }

    private static String after(String option, List<String> arguments) {
        return arguments.get(arguments.indexOf(option) + 1);
    }

    private String etl(List<String> arguments) {
        Map<String, String> real = new HashMap<>(environment);
        real.replaceAll((name, value) -> addresses.getOrDefault(value, value));
        Etl.Result result = new Etl(directory, real, false).run(arguments.toArray(String[]::new));
        exitCode = result.exitCode();
        StringBuilder errors = new StringBuilder();
        result.err()
                .lines()
                .filter(line -> logged || line.startsWith("etl: "))
                .forEach(line -> errors.append(line).append('\n'));
        return result.out() + errors;
    }

    private String export(String assignment) {
        Matcher matcher = ASSIGNMENT.matcher(assignment);
        if (!matcher.matches()) {
            throw new AssertionError("no assignment: " + assignment);
        }
        environment.put(matcher.group(1), matcher.group(2));
        return "";
    }

    private static String grep(String text, Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.contains(text))
                .collect(Collectors.joining("\n"));
    }

    private String psql(String address, String sql) throws SQLException {
        try (Connection connection = Databases.connect(addresses.getOrDefault(address, address));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            String[] verb = sql.toUpperCase(Locale.ROOT).split(" ");
            return statement.getUpdateCount() > 0
                    ? verb[0] + " " + statement.getUpdateCount()
                    : verb[0] + " " + verb[1];
        }
    }

    private String asOnThePage(String line) {
        String shown = line;
        for (Map.Entry<String, String> address : addresses.entrySet()) {
            shown = shown.replace(place(address.getValue()), place(address.getKey()));
        }
        return shown;
    }

    /** An address without its user. */
    private static String place(String address) {
        return address.replaceFirst("//[^@/]*@", "//");
    }

    private List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command.strip());
        int end = -1;
        while (matcher.find()) {
            String word = matcher.group("single");
            if (word == null) {
                word = expand(matcher.group("double") != null ? matcher.group("double") : matcher.group("plain"));
            }
            // NAME="value" is one word.
            if (matcher.start() == end && !Character.isWhitespace(command.charAt(end))) {
                word = words.remove(words.size() - 1) + word;
            }
            words.add(word);
            end = matcher.end();
        }
        return words;
    }

    private String expand(String word) {
        return VARIABLE.matcher(word)
                .replaceAll(variable -> Matcher.quoteReplacement(
                        variable.group(1).equals("?")
                                ? String.valueOf(exitCode)
                                : environment.getOrDefault(variable.group(1), "")));
    }
}
