/** What runs, dry runs and verifications tell: counts, reasons, durations and differences. Values only; immutable. */
@NullMarked
package io.docrows.report;

import org.jspecify.annotations.NullMarked;
