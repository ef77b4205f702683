package com.example.bookshop;

import static com.example.bookshop.db.Tables.BOOKS;
import static com.example.bookshop.db.Tables.BOOK_AUTHORS;
import static com.example.bookshop.db.Tables.BOOK_PRICES;
import static com.example.bookshop.db.Tables.PUBLISHERS;
import static io.docrows.mapping.Values.date;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.enumeration;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.name;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;

import com.example.bookshop.db.enums.Genre;
import com.example.bookshop.db.tables.records.BooksRecord;
import io.docrows.mapping.CollectionMapping;

/** A book, with its authors in their order and its price in each currency. */
final class Books {

    private Books() {}

    static CollectionMapping<BooksRecord> mapping() {
        return CollectionMapping.of("books", BOOKS)
                .key(BOOKS.MONGO_ID, id("_id"))
                .map(BOOKS.TITLE, string("title"))
                .map(BOOKS.GENRE, enumeration("genre", Genre.class))
                .lookup(BOOKS.PUBLISHER_ID, string("publisher"), PUBLISHERS.NAME)
                .map(BOOKS.PUBLISHED, date("published"))
                .map(BOOKS.KEYWORDS, strings("keywords"))
                .children("authors", BOOK_AUTHORS, author -> author
                        .position(BOOK_AUTHORS.POSITION)
                        .map(BOOK_AUTHORS.NAME, string("name"))
                        .map(BOOK_AUTHORS.BORN, int32("born")))
                .entries("prices", BOOK_PRICES, price -> price
                        .identity(BOOK_PRICES.CURRENCY, name())
                        .map(BOOK_PRICES.AMOUNT, decimal()))
                .build();
    }
}
