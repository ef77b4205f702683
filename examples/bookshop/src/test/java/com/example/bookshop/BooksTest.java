package com.example.bookshop;

import static com.example.bookshop.db.Tables.BOOK_AUTHORS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.example.bookshop.db.tables.records.BookAuthorsRecord;
import com.example.bookshop.db.tables.records.BooksRecord;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import java.util.List;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

/** A mapping needs no database to be tested. */
class BooksTest {

    @Test
    void authorsKeepTheirOrder() {
        MappedDocument<BooksRecord> book = (MappedDocument<BooksRecord>) decode(
                "{_id: 1, title: 'A', genre: 'novel', authors: [{name: 'First'}, {name: 'Second', born: 1900}]}");
        List<BookAuthorsRecord> authors = book.children(BOOK_AUTHORS);
        assertEquals(List.of("First", "Second"), authors.stream().map(BookAuthorsRecord::getName).toList());
        assertEquals(1900, authors.get(1).getBorn());
    }

    @Test
    void aGenreThatTheTableDoesNotKnowRejectsTheBook() {
        assertInstanceOf(RejectedDocument.class, decode("{_id: 2, title: 'B', genre: 'cooking'}"));
    }

    private static Decoded<BooksRecord> decode(String json) {
        ByteBuf buffer = RawBsonDocument.parse(json).getByteBuffer();
        byte[] bson = new byte[buffer.remaining()];
        buffer.get(bson);
        return Books.mapping().decode(bson);
    }
}
