package io.docrows.internal.column;

import io.docrows.error.RejectCode;

/**
 * Why a column cannot hold a value.
 *
 * @param code the stable reason
 * @param detail one sentence, without the value
 */
public record Violation(RejectCode code, String detail) {}
