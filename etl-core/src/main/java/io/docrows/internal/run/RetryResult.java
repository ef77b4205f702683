package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.RejectCode;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What retrying rejects came to.
 *
 * @param codes how the numbers of rejects by reason change, by collection
 * @param failure what ended the phase early, if it failed; what is counted was committed all the same
 */
record RetryResult(
        Map<String, Map<RejectCode, Long>> codes, @Nullable DocrowsException failure) {

    RetryResult {
        codes = codes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> Map.copyOf(each.getValue())));
    }
}
