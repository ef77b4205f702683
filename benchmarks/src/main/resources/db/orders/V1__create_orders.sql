CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE,
    placed_at timestamptz NOT NULL,
    customer text NOT NULL,
    status text NOT NULL,
    note text
);

CREATE TABLE order_items (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders,
    line integer NOT NULL,
    sku text NOT NULL,
    quantity integer NOT NULL,
    price numeric(12, 2) NOT NULL,
    UNIQUE (order_id, line)
);

CREATE INDEX order_items_sku_idx ON order_items (sku);

CREATE TABLE item_discounts (
    item_id bigint NOT NULL REFERENCES order_items,
    code text NOT NULL,
    percent numeric(5, 2) NOT NULL,
    PRIMARY KEY (item_id, code)
);
