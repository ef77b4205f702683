package io.docrows.codegen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jooq.Record;
import org.jooq.codegen.AbstractDelegatingGeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.impl.DSL;
import org.jooq.meta.Database;
import org.jooq.meta.Definition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.InverseForeignKeyDefinition;
import org.jooq.meta.ManyToManyKeyDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.TableDefinition;

/**
 * Gives Java names that compile. Where several things of a schema would have one name, as tables that differ by case
 * only, the one that was made first keeps it and the others get a number: a later migration renames none of them. A
 * class that would hide one of the language, as that of a table {@code string}, gets an underscore. All other names are
 * those of the strategy below.
 *
 * <p>Not thread-safe: the generator runs on one thread.
 */
final class DistinctNames extends AbstractDelegatingGeneratorStrategy {

    /** Classes of the language that generated ones use by their simple names; one of their package would hide them. */
    private static final Set<String> HIDDEN = Set.of(
            "Boolean",
            "Byte",
            "Class",
            "Deprecated",
            "Double",
            "Float",
            "Integer",
            "Long",
            "Object",
            "Override",
            "Short",
            "String",
            "SuppressWarnings",
            "Void");

    /**
     * The class through which the generated ones call jOOQ; a constant of that name in one of them would be taken for
     * it.
     */
    private static final String OBSCURED = "DSL";

    private static final String CREATED = """
            SELECT c.relname, c.oid::bigint FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = {0}
            UNION ALL SELECT t.typname, t.oid::bigint FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = {0} AND t.typtype IN ('d', 'e')
            """;

    /** What is added to the names of a thing. */
    private final Map<List<String>, String> endings = new HashMap<>();

    DistinctNames(GeneratorStrategy below) {
        super(below);
    }

    @Override
    public String getJavaIdentifier(Definition definition) {
        return identifier(definition) + ending(definition);
    }

    private String identifier(Definition definition) {
        String name = delegate.getJavaIdentifier(definition);
        return name.equals(OBSCURED) ? name + "_" : name;
    }

    @Override
    public String getJavaClassName(Definition definition, Mode mode) {
        return className(definition, mode) + ending(definition);
    }

    private String className(Definition definition, Mode mode) {
        String name = delegate.getJavaClassName(definition, mode);
        return HIDDEN.contains(name) ? name + "_" : name;
    }

    @Override
    public String getJavaPackageName(Definition definition, Mode mode) {
        return delegate.getJavaPackageName(definition, mode);
    }

    @Override
    public String getJavaGetterName(Definition definition, Mode mode) {
        return delegate.getJavaGetterName(definition, mode) + ending(definition);
    }

    @Override
    public String getJavaSetterName(Definition definition, Mode mode) {
        return delegate.getJavaSetterName(definition, mode) + ending(definition);
    }

    @Override
    public String getJavaMemberName(Definition definition, Mode mode) {
        return delegate.getJavaMemberName(definition, mode) + ending(definition);
    }

    /** The paths to tables are named after the tables that they lead to. */
    @Override
    public String getJavaMethodName(Definition definition, Mode mode) {
        String name = delegate.getJavaMethodName(definition, mode);
        if (definition instanceof ForeignKeyDefinition key) {
            return name + ending(key.getReferencedTable());
        }
        if (definition instanceof InverseForeignKeyDefinition key) {
            return name + ending(key.getReferencingTable());
        }
        if (definition instanceof ManyToManyKeyDefinition key) {
            return name + ending(key.getForeignKey2().getReferencedTable());
        }
        return name + ending(definition);
    }

    /**
     * Looks at all there is in a database. Only before jOOQ's generator begins: it passes over whatever has the class
     * name of something else, and asks for names while it reads.
     */
    void tellApart(Database database) {
        for (SchemaDefinition schema : database.getSchemata()) {
            List<TableDefinition> tables = database.getTables(schema);
            tellApart(inOrder(tables), true);
            tables.forEach(table -> tellApart(table.getColumns(), false));
            tellApart(inOrder(database.getEnums(schema)), true);
            tellApart(inOrder(database.getUDTs(schema)), true);
            database.getUDTs(schema).forEach(type -> tellApart(type.getAttributes(), false));
            tellApart(inOrder(database.getDomains(schema)), false);
            tellApart(inOrder(database.getSequences(schema)), false);
            tellApart(database.getIndexes(schema), false);
            List<Definition> keys = new ArrayList<>(database.getKeys(schema));
            keys.addAll(database.getForeignKeys(schema));
            tellApart(keys, false);
        }
    }

    private void tellApart(List<? extends Definition> rivals, boolean classes) {
        Set<String> taken = new HashSet<>();
        for (Definition one : rivals) {
            String ending = "";
            for (int number = 2; !isFree(one, ending, classes, taken); number++) {
                ending = "_" + number;
            }
            if (!ending.isEmpty()) {
                endings.put(key(one), ending);
            }
            taken.add(identifier(one) + ending);
            // The classes are files, of which some systems cannot have two that differ by case.
            taken.add(lower(className(one, Mode.DEFAULT)) + ending);
        }
    }

    private boolean isFree(Definition one, String ending, boolean classes, Set<String> taken) {
        return !taken.contains(identifier(one) + ending)
                && !(classes && taken.contains(lower(className(one, Mode.DEFAULT)) + ending));
    }

    private static String lower(String name) {
        return "class " + name.toLowerCase(Locale.ROOT);
    }

    private static List<String> key(Definition definition) {
        return List.of(definition.getClass().getSimpleName(), definition.getQualifiedName());
    }

    private String ending(Definition definition) {
        if (definition instanceof InverseForeignKeyDefinition inverse) {
            return ending(inverse.getForeignKey());
        }
        return endings.getOrDefault(key(definition), "");
    }

    private static List<? extends Definition> inOrder(List<? extends Definition> definitions) {
        if (definitions.size() < 2) {
            return definitions;
        }
        Definition first = definitions.get(0);
        Map<String, Long> created = new HashMap<>();
        for (Record row : first.getDatabase()
                .create()
                .fetch(CREATED, DSL.val(first.getSchema().getInputName()))) {
            created.put(row.get(0, String.class), row.get(1, Long.class));
        }
        return definitions.stream()
                .sorted(Comparator.comparing((Definition one) -> one instanceof TableDefinition table && table.isView())
                        .thenComparing(one -> created.getOrDefault(one.getInputName(), Long.MAX_VALUE))
                        .thenComparing(Definition::getInputName))
                .toList();
    }
}
