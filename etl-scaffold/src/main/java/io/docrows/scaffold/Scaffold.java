package io.docrows.scaffold;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.inspect.fact.Inspection;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.ChoicesFile;
import io.docrows.scaffold.choice.ChoicesLines;
import io.docrows.scaffold.choice.ProjectName;
import io.docrows.scaffold.internal.choose.Chooser;
import io.docrows.scaffold.internal.choose.Rest;
import io.docrows.scaffold.internal.choose.Soundness;
import io.docrows.scaffold.internal.choose.Splits;
import io.docrows.scaffold.internal.design.Designer;
import io.docrows.scaffold.internal.design.ProjectDesign;
import io.docrows.scaffold.internal.schema.Presence;
import io.docrows.scaffold.internal.schema.SchemaMatcher;
import io.docrows.scaffold.internal.write.Artifacts;
import io.docrows.scaffold.internal.write.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes a project for what was found in a source. The same source and choices give the same files, byte for byte.
 * Immutable.
 */
public final class Scaffold {

    /** What whoever builds Docrows has installed. */
    private static final String UNPUBLISHED = "0.1.0-SNAPSHOT";

    private final Inspection inspection;
    private final Choices choices;
    private final Optional<ExistingSchema> existing;

    private Scaffold(Inspection inspection, Choices choices, Optional<ExistingSchema> existing) {
        this.inspection = inspection;
        this.choices = choices;
        this.existing = existing;
    }

    /**
     * With what is chosen where nobody has decided otherwise: nothing is lost, and nothing rejected.
     *
     * @param inspection what was found, of every document
     * @param name what the project is called
     * @return a scaffold
     * @throws DocrowsException {@code INVALID_OPTION} if there is no document, or none with an {@code _id}
     */
    public static Scaffold of(Inspection inspection, ProjectName name) {
        if (inspection.documents() == 0) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "the source has no documents, so there is nothing to tell tables from; name another one. The collection"
                            + " of JSON on standard input is named with --source-collection");
        }
        Choices chosen = Chooser.choose(inspection, name.pipeline(), name.packageName());
        if (chosen.collections().isEmpty()) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, "no collection can have a table: " + reasons(chosen));
        }
        return new Scaffold(inspection, chosen, Optional.empty());
    }

    /**
     * Into tables that are there already: what fits by name and type is mapped, and the choices say of the rest why
     * not.
     *
     * @param inspection what was found, of every document
     * @param name what the project is called
     * @param schema the tables
     * @return a scaffold
     * @throws DocrowsException {@code INVALID_OPTION} if no collection fits into a table
     */
    public static Scaffold into(Inspection inspection, ProjectName name, ExistingSchema schema) {
        Choices matched = SchemaMatcher.match(inspection, schema.tables(), name.pipeline(), name.packageName());
        if (matched.collections().isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "no collection fits into a table: " + reasons(matched));
        }
        return new Scaffold(inspection, matched, Optional.of(schema));
    }

    private static String reasons(Choices choices) {
        return choices.leftOut().entrySet().stream()
                .map(one -> one.getKey() + ": " + String.join(" ", one.getValue()))
                .collect(Collectors.joining("; "));
    }

    /**
     * With choices that somebody made.
     *
     * @param file a file of choices
     * @return a changed scaffold
     * @throws DocrowsException {@code INVALID_OPTION} if it cannot be read, telling all that is wrong with it
     */
    public Scaffold with(Path file) {
        try {
            return with(Files.readString(file));
        } catch (IOException e) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "cannot read " + file + ": " + e.getClass().getSimpleName(),
                    e);
        }
    }

    /**
     * With choices that somebody made.
     *
     * @param yaml the text of a file of choices
     * @return a changed scaffold
     * @throws DocrowsException {@code INVALID_OPTION}, telling all that is wrong with it
     */
    public Scaffold with(String yaml) {
        Choices proposed =
                existing.isPresent() ? choices : Splits.propose(inspection, choices, ChoicesFile.splits(yaml));
        Choices given = Rest.tell(inspection, ChoicesFile.read(yaml, proposed));
        List<String> problems =
                existing.map(one -> Presence.problems(given, one.tables())).orElseGet(() -> Soundness.problems(given));
        if (!problems.isEmpty()) {
            ChoicesLines lines = ChoicesLines.of(yaml);
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "no project can be made of these choices: "
                            + problems.stream().map(lines::with).collect(Collectors.joining("; ")));
        }
        return new Scaffold(inspection, given, existing);
    }

    /**
     * What is chosen.
     *
     * @return the choices
     */
    public Choices choices() {
        return choices;
    }

    /**
     * The files of the project.
     *
     * @return their bytes, by path
     */
    public Map<String, byte[]> files() {
        ProjectDesign project = Designer.design(
                inspection,
                choices,
                existing.map(one -> one.tables().enumNames()).orElse(Map.of()),
                existing.map(one -> one.tables().names()),
                existing.map(one -> one.tables().parents(choices)).orElse(Map.of()));
        Optional<Artifacts> artifacts = Artifacts.carried().or(Artifacts::besideThis);
        return ProjectFiles.of(
                project,
                inspection,
                one -> existing.map(schema -> schema.tables().expected(one, choices))
                        .orElse(Map.of()),
                existing.map(ExistingSchema::migrations),
                ChoicesFile.write(choices),
                artifacts,
                UNPUBLISHED);
    }
}
