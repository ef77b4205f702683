package io.docrows.source.json;

import java.io.InputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.json.JsonReadFeature;

/** Makes the parsers of this package: of JSON as it is defined, and of what the shell prints. */
final class JsonParsers {

    /**
     * How deep objects and arrays may be nested. Far above the 100 levels of MongoDB and what the decoder accepts, so
     * that a document which is too deep is rejected, not the file.
     */
    static final int DEEPEST = 10_000;

    /** The longest text of a document that is no larger than MongoDB stores, as base64, and some room. */
    static final int LONGEST_TEXT = 24 << 20;

    private static final int LONGEST_NAME = 1 << 20;

    private static final JsonFactory STRICT = common(JsonFactory.builder()).build();

    private static final JsonFactory SHELL = common(JsonFactory.builder())
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private JsonParsers() {}

    /** A parser of RFC 8259 that also takes {@code NaN} and {@code Infinity}, as Python writes them. */
    static JsonParser strict(InputStream in) {
        return STRICT.createParser(ObjectReadContext.empty(), in);
    }

    /** A parser of what {@link ShellInput} makes of the shell's form. */
    static JsonParser shell(InputStream in) {
        return SHELL.createParser(ObjectReadContext.empty(), in);
    }

    private static JsonFactoryBuilder common(JsonFactoryBuilder builder) {
        return builder.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                // Names may be data: there is no end to them, and their hashes may collide.
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_TEXT)
                        .maxNameLength(LONGEST_NAME)
                        .build());
    }
}
