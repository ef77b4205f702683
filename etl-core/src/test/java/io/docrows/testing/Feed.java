package io.docrows.testing;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;

import io.docrows.mapping.CollectionMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jooq.ForeignKey;
import org.jooq.Identity;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jooq.impl.TableRecordImpl;

/**
 * A feed: documents of several kinds in one collection, and tables that several mappings fill. The classes are what a
 * generator makes of the tables.
 */
public final class Feed {

    /** The tables, in a bookshop's database. */
    public static final String SQL = """
        CREATE TABLE label (
            id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name     text   NOT NULL UNIQUE
        );
        CREATE TABLE post (
            id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            mongo_id text   NOT NULL UNIQUE,
            title    text   NOT NULL,
            views    integer
        );
        CREATE TABLE comment (
            id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            mongo_id text   NOT NULL UNIQUE,
            body     text   NOT NULL CHECK (body <> 'forbidden'),
            post_id  bigint REFERENCES post
        );
        CREATE TABLE entry (
            id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind     text   NOT NULL,
            mongo_id text   NOT NULL,
            title    text,
            label_id bigint REFERENCES label,
            UNIQUE (kind, mongo_id)
        );
        CREATE TABLE entry_line (
            entry_id bigint  NOT NULL REFERENCES entry,
            line     integer NOT NULL,
            body     text,
            label_id bigint  REFERENCES label,
            PRIMARY KEY (entry_id, line)
        );
        CREATE TABLE note (
            mongo_id text PRIMARY KEY,
            kind     text,
            body     text
        );
        CREATE TABLE note_part (
            note_id  text    NOT NULL REFERENCES note,
            place    integer NOT NULL,
            part     text,
            PRIMARY KEY (note_id, place)
        );
        """;

    /** All rows. */
    public static final String ROWS = """
        SELECT 'post', mongo_id, title, views::text FROM post UNION ALL
        SELECT 'comment', c.mongo_id, c.body, p.mongo_id FROM comment c LEFT JOIN post p ON p.id = c.post_id
        UNION ALL SELECT 'entry', mongo_id, kind, title FROM entry
        UNION ALL SELECT 'line', e.kind || ' ' || e.mongo_id, l.line::text, l.body FROM entry_line l
        JOIN entry e ON e.id = l.entry_id
        UNION ALL SELECT 'note', mongo_id, kind, body FROM note ORDER BY 1, 2, 3, 4
        """;

    /** All rows of these and of the tables below, with the labels they lead to. */
    public static final String ALL_ROWS = """
            SELECT 'post', mongo_id, title, views::text FROM post UNION ALL
            SELECT 'comment', c.mongo_id, c.body, p.mongo_id FROM comment c LEFT JOIN post p ON p.id = c.post_id
            UNION ALL SELECT 'entry', e.kind || ' ' || e.mongo_id, e.title, l.name
            FROM entry e LEFT JOIN label l ON l.id = e.label_id
            UNION ALL SELECT 'line', e.kind || ' ' || e.mongo_id || ' ' || i.line, i.body, l.name FROM entry_line i
            JOIN entry e ON e.id = i.entry_id LEFT JOIN label l ON l.id = i.label_id
            UNION ALL SELECT 'note', mongo_id, kind, body FROM note
            UNION ALL SELECT 'part', note_id || ' ' || place, part, NULL FROM note_part
            ORDER BY 1, 2, 3, 4
            """;

    public static final Label LABEL = new Label();
    public static final Post POST = new Post();
    public static final Comment COMMENT = new Comment();
    public static final Entry ENTRY = new Entry();
    public static final EntryLine ENTRY_LINE = new EntryLine();
    public static final Note NOTE = new Note();
    public static final NotePart NOTE_PART = new NotePart();

    /** Posts into their table. */
    public static final CollectionMapping<?> POSTS = CollectionMapping.of("feed", POST)
            .where(field("type").is("post"))
            .key(POST.mongoId, id("_id"))
            .map(POST.title, string("title"))
            .map(POST.views, int32("views"))
            .build();

    /** Comments into theirs, with the post that each is on. */
    public static final CollectionMapping<?> COMMENTS = CollectionMapping.of("feed", COMMENT)
            .where(field("type").is("comment"))
            .key(COMMENT.mongoId, id("_id"))
            .map(COMMENT.body, string("body"))
            .reference(COMMENT.postId, id("post"), POST.mongoId)
            .build();

    /** Whatever has a type, with its lines, into one table. */
    public static final CollectionMapping<?> ENTRIES = CollectionMapping.of("feed", ENTRY)
            .where(field("type").exists())
            .key(ENTRY.kind, string("type"))
            .key(ENTRY.mongoId, id("_id"))
            .map(ENTRY.title, string("title"))
            .children(
                    "lines", ENTRY_LINE, line -> line.position(ENTRY_LINE.line).map(ENTRY_LINE.body, string()))
            .build();

    private Feed() {}

    /** What the tables have in common. */
    public abstract static class FeedTable<R extends TableRecordImpl<R>> extends TableImpl<R> {

        private final Class<R> type;
        private final List<List<String>> uniques = new ArrayList<>();
        private List<String> primary = List.of();

        FeedTable(String name, Class<R> type) {
            super(DSL.name("public", name));
            this.type = type;
        }

        final TableField<R, Long> id() {
            primary = List.of("id");
            return createField(
                    DSL.name("id"), SQLDataType.BIGINT.nullable(false).identity(true), this, "");
        }

        final TableField<R, Long> reference(String name, boolean nullable) {
            return createField(DSL.name(name), SQLDataType.BIGINT.nullable(nullable), this, "");
        }

        final TableField<R, String> text(String name, boolean nullable) {
            return createField(DSL.name(name), SQLDataType.CLOB.nullable(nullable), this, "");
        }

        final TableField<R, Integer> number(String name, boolean nullable) {
            return createField(DSL.name(name), SQLDataType.INTEGER.nullable(nullable), this, "");
        }

        final void primary(String... columns) {
            primary = List.of(columns);
        }

        final void unique(String... columns) {
            uniques.add(List.of(columns));
        }

        @Override
        public final Class<R> getRecordType() {
            return type;
        }

        @Override
        @SuppressWarnings("unchecked")
        public final Identity<R, ?> getIdentity() {
            return primary.equals(List.of("id"))
                    ? Internal.createIdentity(this, (TableField<R, Long>) field("id"))
                    : null;
        }

        @Override
        public final UniqueKey<R> getPrimaryKey() {
            return key("pkey", primary);
        }

        @Override
        public final List<UniqueKey<R>> getUniqueKeys() {
            return uniques.stream()
                    .map(columns -> key(String.join("_", columns) + "_key", columns))
                    .toList();
        }

        @SuppressWarnings("unchecked")
        private UniqueKey<R> key(String suffix, List<String> columns) {
            TableField<R, ?>[] fields = columns.stream()
                    .map(column -> (TableField<R, ?>) field(column))
                    .toArray(TableField[]::new);
            return Internal.createUniqueKey(this, DSL.name(getName() + "_" + suffix), fields, true);
        }

        final <P extends TableRecordImpl<P>> ForeignKey<R, P> foreignKey(String column, FeedTable<P> parent) {
            return foreignKey(column, parent, "id");
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        final <P extends TableRecordImpl<P>> ForeignKey<R, P> foreignKey(
                String column, FeedTable<P> parent, String referred) {
            return Internal.createForeignKey(
                    this,
                    DSL.name(getName() + "_" + column + "_fkey"),
                    Arrays.asList(field(column)).toArray(TableField[]::new),
                    parent.getPrimaryKey(),
                    new TableField[] {(TableField) parent.field(referred)},
                    true);
        }
    }

    /** Labels, which are looked up. */
    public static final class Label extends FeedTable<LabelRecord> {

        public final TableField<LabelRecord, Long> id = id();
        public final TableField<LabelRecord, String> name = text("name", false);

        private Label() {
            super("label", LabelRecord.class);
            unique("name");
        }
    }

    /** Posts. */
    public static final class Post extends FeedTable<PostRecord> {

        public final TableField<PostRecord, Long> id = id();
        public final TableField<PostRecord, String> mongoId = text("mongo_id", false);
        public final TableField<PostRecord, String> title = text("title", false);
        public final TableField<PostRecord, Integer> views = number("views", true);

        private Post() {
            super("post", PostRecord.class);
            unique("mongo_id");
        }
    }

    /** Comments on posts. */
    public static final class Comment extends FeedTable<CommentRecord> {

        public final TableField<CommentRecord, Long> id = id();
        public final TableField<CommentRecord, String> mongoId = text("mongo_id", false);
        public final TableField<CommentRecord, String> body = text("body", false);
        public final TableField<CommentRecord, Long> postId = reference("post_id", true);

        private Comment() {
            super("comment", CommentRecord.class);
            unique("mongo_id");
        }

        @Override
        public List<ForeignKey<CommentRecord, ?>> getReferences() {
            return List.of(foreignKey("post_id", POST));
        }
    }

    /** Anything, told apart by its kind, which is part of the key. */
    public static final class Entry extends FeedTable<EntryRecord> {

        public final TableField<EntryRecord, Long> id = id();
        public final TableField<EntryRecord, String> kind = text("kind", false);
        public final TableField<EntryRecord, String> mongoId = text("mongo_id", false);
        public final TableField<EntryRecord, String> title = text("title", true);
        public final TableField<EntryRecord, Long> labelId = reference("label_id", true);

        private Entry() {
            super("entry", EntryRecord.class);
            unique("kind", "mongo_id");
        }

        @Override
        public List<ForeignKey<EntryRecord, ?>> getReferences() {
            return List.of(foreignKey("label_id", LABEL));
        }
    }

    /** What an entry holds. */
    public static final class EntryLine extends FeedTable<EntryLineRecord> {

        public final TableField<EntryLineRecord, Long> entryId = reference("entry_id", false);
        public final TableField<EntryLineRecord, Integer> line = number("line", false);
        public final TableField<EntryLineRecord, String> body = text("body", true);
        public final TableField<EntryLineRecord, Long> labelId = reference("label_id", true);

        private EntryLine() {
            super("entry_line", EntryLineRecord.class);
            primary("entry_id", "line");
        }

        @Override
        public List<ForeignKey<EntryLineRecord, ?>> getReferences() {
            return List.of(foreignKey("entry_id", ENTRY), foreignKey("label_id", LABEL));
        }
    }

    /** Anything, told apart by its kind, which is not part of the key. */
    public static final class Note extends FeedTable<NoteRecord> {

        public final TableField<NoteRecord, String> mongoId = text("mongo_id", false);
        public final TableField<NoteRecord, String> kind = text("kind", true);
        public final TableField<NoteRecord, String> body = text("body", true);

        private Note() {
            super("note", NoteRecord.class);
            primary("mongo_id");
        }
    }

    /** What a note holds. */
    public static final class NotePart extends FeedTable<NotePartRecord> {

        public final TableField<NotePartRecord, String> noteId = text("note_id", false);
        public final TableField<NotePartRecord, Integer> place = number("place", false);
        public final TableField<NotePartRecord, String> part = text("part", true);

        private NotePart() {
            super("note_part", NotePartRecord.class);
            primary("note_id", "place");
        }

        @Override
        public List<ForeignKey<NotePartRecord, ?>> getReferences() {
            return List.of(foreignKey("note_id", NOTE, "mongo_id"));
        }
    }

    /** A row. */
    public static final class LabelRecord extends TableRecordImpl<LabelRecord> {
        public LabelRecord() {
            super(LABEL);
        }
    }

    /** A row. */
    public static final class NotePartRecord extends TableRecordImpl<NotePartRecord> {
        public NotePartRecord() {
            super(NOTE_PART);
        }
    }

    /** A row. */
    public static final class PostRecord extends TableRecordImpl<PostRecord> {
        public PostRecord() {
            super(POST);
        }
    }

    /** A row. */
    public static final class CommentRecord extends TableRecordImpl<CommentRecord> {
        public CommentRecord() {
            super(COMMENT);
        }
    }

    /** A row. */
    public static final class EntryRecord extends TableRecordImpl<EntryRecord> {
        public EntryRecord() {
            super(ENTRY);
        }
    }

    /** A row. */
    public static final class EntryLineRecord extends TableRecordImpl<EntryLineRecord> {
        public EntryLineRecord() {
            super(ENTRY_LINE);
        }
    }

    /** A row. */
    public static final class NoteRecord extends TableRecordImpl<NoteRecord> {
        public NoteRecord() {
            super(NOTE);
        }
    }
}
