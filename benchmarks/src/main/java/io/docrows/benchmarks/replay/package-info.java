/**
 * A server that speaks MongoDB's wire protocol and sends replies that lie ready in memory, so that what is measured is
 * the driver and the reading, not a server's work. It knows the commands that the source sends, and no others.
 */
@NullMarked
package io.docrows.benchmarks.replay;

import org.jspecify.annotations.NullMarked;
