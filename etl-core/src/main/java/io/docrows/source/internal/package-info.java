/**
 * What the document sources share: BSON documents as bytes, and the message for a collection that is not there. Not
 * API.
 */
@NullMarked
package io.docrows.source.internal;

import org.jspecify.annotations.NullMarked;
