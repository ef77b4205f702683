package io.docrows.crash;

import io.docrows.Pipeline;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import java.util.List;

/** What is loaded while it is disturbed. */
enum Scene {
    /** Flat documents with links, and references to rows that come later. */
    BOOKS {
        @Override
        Pipeline pipeline() {
            return Bookshop.pipeline();
        }

        @Override
        List<String> contents(Database database) {
            return Shop.contents(database);
        }
    },
    /** Documents with tables below them. */
    ORDERS {
        @Override
        Pipeline pipeline() {
            return Orders.pipeline();
        }

        @Override
        List<String> contents(Database database) {
            return Orders.contents(database);
        }
    };

    abstract Pipeline pipeline();

    /** Everything that a run leaves behind, but for the numbers it draws. */
    abstract List<String> contents(Database database);
}
