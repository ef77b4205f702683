/**
 * What the document sources share: BSON documents as bytes, files and pipes and what is compressed in them, and the
 * message for a collection that is not there. Not API.
 */
@NullMarked
package io.docrows.source.internal;

import org.jspecify.annotations.NullMarked;
