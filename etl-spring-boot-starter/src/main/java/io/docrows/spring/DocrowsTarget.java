package io.docrows.spring;

import javax.sql.DataSource;

/**
 * Where rows go. By default the bean {@code docrowsTarget} if the application has a {@link DataSource} of that name,
 * and its only or primary one otherwise.
 *
 * @param dataSource connections to it; a run takes one for each writer, and up to three more
 */
record DocrowsTarget(DataSource dataSource) {}
