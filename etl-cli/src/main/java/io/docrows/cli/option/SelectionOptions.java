package io.docrows.cli.option;

import io.docrows.cli.program.Chosen;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonValue;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which collections and documents a command is about. */
public final class SelectionOptions implements SessionOption {

    @Option(
            names = "--collections",
            paramLabel = "NAME",
            split = ",",
            description = "Only these collections; separated by commas, repeatable.")
    List<String> collections = new ArrayList<>();

    @Option(
            names = "--ids",
            paramLabel = "ID[,ID...]",
            description =
                    "Only the documents with these _ids: ObjectIds, integers or text; repeatable. Put text that looks"
                            + " like another type in double quotes.")
    List<String> ids = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    CommandSpec command;

    /** Everything, unless something is chosen. */
    public SelectionOptions() {}

    @Override
    public void check(Session session) {
        collections();
        ids();
    }

    /**
     * The names, checked before anything is opened or migrated.
     *
     * @return names of collections; none for all
     * @throws DocrowsException {@code INVALID_OPTION} if no mapping reads one of them
     */
    public Set<String> collections() {
        List<String> mapped = ((Chosen) command.root().userObject())
                .candidates().stream()
                        .flatMap(provider -> provider.pipeline().mappings().stream())
                        .map(CollectionMapping::collection)
                        .distinct()
                        .toList();
        Set<String> names = new LinkedHashSet<>();
        for (String name : collections) {
            if (!mapped.contains(name.strip())) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "--collections: no mapping reads \"" + name.strip() + "\"; choose from "
                                + String.join(", ", mapped));
            }
            names.add(name.strip());
        }
        return names;
    }

    /**
     * The documents.
     *
     * @return their {@code _id}s; none for all
     * @throws DocrowsException {@code INVALID_OPTION} if one cannot be read
     */
    public List<BsonValue> ids() {
        return parse(ids);
    }

    /**
     * What {@code --ids} was given, once or more often.
     *
     * @param given the texts
     * @return the {@code _id}s in them
     * @throws DocrowsException {@code INVALID_OPTION} if one cannot be read
     */
    public static List<BsonValue> parse(List<String> given) {
        try {
            return given.stream()
                    .flatMap(texts -> DocumentId.parseList(texts).stream())
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, "--ids: " + e.getMessage(), e);
        }
    }
}
