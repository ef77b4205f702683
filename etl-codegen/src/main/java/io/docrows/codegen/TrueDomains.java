package io.docrows.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.meta.DefaultDomainDefinition;
import org.jooq.meta.DomainDefinition;
import org.jooq.meta.SchemaDefinition;

/** Domains as PostgreSQL's catalog knows them. */
final class TrueDomains {

    private TrueDomains() {}

    /**
     * The same domains, over the types that are below them. Those over arrays are left out, as no class can be
     * generated for them that compiles: their columns are arrays.
     */
    static List<DomainDefinition> of(List<DomainDefinition> domains) {
        Map<SchemaDefinition, Map<String, TrueType>> catalog = new HashMap<>();
        List<DomainDefinition> all = new ArrayList<>();
        for (DomainDefinition domain : domains) {
            SchemaDefinition schema = domain.getSchema();
            TrueType type = catalog.computeIfAbsent(
                            schema, s -> TrueType.ofDomains(s.getDatabase().create(), s.getName()))
                    .get(domain.getName());
            if (type == null || type.array()) {
                continue;
            }
            DefaultDomainDefinition same =
                    new DefaultDomainDefinition(schema, domain.getName(), type.belowDomain(domain.getDatabase()));
            domain.getCheckClauses().forEach(same::addCheckClause);
            all.add(same);
        }
        return all;
    }
}
