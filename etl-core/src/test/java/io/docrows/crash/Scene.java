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
    },
    /** A collection that several mappings read, and tables that several mappings fill. */
    FEED {
        @Override
        Pipeline pipeline() {
            return Feeds.pipeline();
        }

        @Override
        Database database() {
            return Feeds.database();
        }

        @Override
        List<String> contents(Database database) {
            return Feeds.contents(database);
        }
    };

    abstract Pipeline pipeline();

    /** A new database with empty tables. */
    Database database() {
        return Shop.alone(Bookshop.database());
    }

    /** Everything that a run leaves behind, but for the numbers it draws. */
    abstract List<String> contents(Database database);
}
