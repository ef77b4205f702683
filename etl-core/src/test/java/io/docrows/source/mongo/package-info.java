/**
 * Tests of the MongoDB source, on the embedded server and on a proxy that cuts connections. What that server does not
 * do as MongoDB does is tested on the filters themselves.
 */
@NullMarked
package io.docrows.source.mongo;

import org.jspecify.annotations.NullMarked;
