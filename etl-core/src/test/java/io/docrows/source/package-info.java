/**
 * The contract every document source is held to, and documents to hold it with. Each source's package runs the contract
 * against its own kinds of storage.
 */
@NullMarked
package io.docrows.source;

import org.jspecify.annotations.NullMarked;
