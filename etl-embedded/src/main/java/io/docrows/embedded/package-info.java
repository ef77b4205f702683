/**
 * Servers that run inside, or beside, this JVM: a real PostgreSQL and a MongoDB-compatible server, for the demo, the
 * tests and the build. Nothing needs to be installed for them, and both listen on the loopback interface only.
 */
@NullMarked
package io.docrows.embedded;

import org.jspecify.annotations.NullMarked;
