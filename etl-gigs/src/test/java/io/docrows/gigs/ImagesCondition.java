package io.docrows.gigs;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Asks the {@code docker} command about images, once for each image and JVM, and never Testcontainers. */
final class ImagesCondition implements ExecutionCondition {

    private static final long INSPECT_SECONDS = 20;
    private static final long PULL_SECONDS = 180;
    private static final Map<String, Optional<String>> PROBLEMS = new ConcurrentHashMap<>();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<RequiresImages> required =
                AnnotationSupport.findAnnotation(context.getElement(), RequiresImages.class);
        if (required.isPresent()) {
            for (String image : required.get().value()) {
                Optional<String> problem = PROBLEMS.computeIfAbsent(image, ImagesCondition::problem);
                if (problem.isPresent()) {
                    return unavailable(problem.get());
                }
            }
        }
        return ConditionEvaluationResult.enabled("every image is here");
    }

    private static ConditionEvaluationResult unavailable(String problem) {
        if (Boolean.parseBoolean(System.getenv("REQUIRE_CONTAINERS"))) {
            throw new IllegalStateException(problem + ", but REQUIRE_CONTAINERS=true");
        }
        return ConditionEvaluationResult.disabled(problem);
    }

    private static Optional<String> problem(String image) {
        if (docker(INSPECT_SECONDS, "image", "inspect", image) || docker(PULL_SECONDS, "pull", "-q", image)) {
            return Optional.empty();
        }
        return Optional.of("the container image " + image + " is not here and cannot be pulled");
    }

    private static boolean docker(long seconds, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            // There is no such command: no images either.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
