CREATE TABLE customers (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE,
    email    text NOT NULL,
    name     text
);

CREATE TABLE orders (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id    text NOT NULL UNIQUE,
    customer_id bigint REFERENCES customers,
    placed_at   timestamptz NOT NULL
);

CREATE TABLE order_items (
    order_id bigint NOT NULL REFERENCES orders,
    line     integer NOT NULL,
    sku      text NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    price    numeric(10, 2) NOT NULL,
    PRIMARY KEY (order_id, line)
);

CREATE INDEX ON orders (customer_id);
