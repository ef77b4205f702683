/**
 * A fake of MongoDB's side of the wire, for what the embedded server cannot show: a replica set or a sharded cluster
 * with change streams. The real driver talks to it. Each behaviour names the page of MongoDB's manual, or of the
 * specifications that drivers are built by (github.com/mongodb/specifications), from which it is taken; it is no proof
 * of how MongoDB itself behaves.
 */
@NullMarked
package io.docrows.testing.cluster;

import org.jspecify.annotations.NullMarked;
