package io.docrows.cli.program;

import io.docrows.PipelineProvider;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a command line is made of. Immutable.
 *
 * @param pipelines the pipelines that commands can be about, each with a name of its own
 * @param samples opens sample documents that come with the program, for {@code --source embedded}
 * @param commands makes the program's own commands, which come before the others
 * @param instead makes commands that stand in the place of others, by the name of those
 * @param files finds files that are not this machine's, if the program can
 */
public record Program(
        List<PipelineProvider> pipelines,
        Optional<Supplier<DocumentSource>> samples,
        List<Function<Session, Object>> commands,
        Map<String, Function<Session, Object>> instead,
        Optional<RemoteFiles> files) {

    /** Copies the lists, and refuses two pipelines of one name. */
    public Program {
        pipelines = List.copyOf(pipelines);
        commands = List.copyOf(commands);
        instead = Map.copyOf(instead);
        Set<String> names = new LinkedHashSet<>();
        for (PipelineProvider provider : pipelines) {
            if (!names.add(provider.name())) {
                throw new DocrowsException(
                        ErrorCode.INVALID_MAPPING,
                        "two pipelines have the name " + provider.name() + "; rename one of them");
            }
        }
    }

    /**
     * A program that does what others do, and more.
     *
     * @param pipelines the pipelines that commands can be about, each with a name of its own
     * @param samples opens sample documents that come with the program, for {@code --source embedded}
     * @param commands makes the program's own commands, which come before the others
     */
    public Program(
            List<PipelineProvider> pipelines,
            Optional<Supplier<DocumentSource>> samples,
            List<Function<Session, Object>> commands) {
        this(pipelines, samples, commands, Map.of(), Optional.empty());
    }

    /**
     * A program that only runs pipelines.
     *
     * @param pipelines the pipelines
     * @return the program
     * @throws DocrowsException {@code INVALID_MAPPING} if two of them have the same name
     */
    public static Program of(List<PipelineProvider> pipelines) {
        return new Program(pipelines, Optional.empty(), List.of());
    }

    /**
     * The pipelines on the class path.
     *
     * @return those that {@link ServiceLoader} finds, in the order of their names
     */
    public static List<PipelineProvider> discovered() {
        return ServiceLoader.load(PipelineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(java.util.Comparator.comparing(PipelineProvider::name))
                .toList();
    }

    /**
     * The names of the pipelines.
     *
     * @return the names, sorted
     */
    public Set<String> names() {
        return pipelines.stream().map(PipelineProvider::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The pipeline that a command is about.
     *
     * @param name the name that was given; where none was, there has to be one pipeline only
     * @return the pipeline
     * @throws DocrowsException {@code INVALID_OPTION} if there is none of that name, or several to choose from
     */
    public PipelineProvider pipeline(Optional<String> name) {
        if (name.isEmpty() && pipelines.size() == 1) {
            return pipelines.get(0);
        }
        String known = String.join(", ", names());
        if (pipelines.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "this program has no pipeline: put one on its class path, with its provider in META-INF/services/"
                            + PipelineProvider.class.getName());
        }
        if (name.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "there are several pipelines; name one with --pipeline: " + known);
        }
        return pipelines.stream()
                .filter(provider -> provider.name().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "--pipeline: there is no pipeline \"" + name.get() + "\"; choose from " + known));
    }
}
