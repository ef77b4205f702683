-- Orders of a shop: tables below a document, to a depth of three, with every kind of identity and parent.
CREATE TABLE product (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE,
    name text
);

CREATE TABLE country (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE shop_order (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mongo_id text NOT NULL UNIQUE,
    placed_at timestamptz,
    country_id integer REFERENCES country,
    note text
);

CREATE TABLE order_item (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES shop_order,
    line integer NOT NULL,
    sku text NOT NULL,
    quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0),
    price numeric(12, 2),
    product_id bigint REFERENCES product,
    UNIQUE (order_id, line)
);

CREATE TABLE item_discount (
    item_id bigint NOT NULL REFERENCES order_item,
    code text NOT NULL,
    percent numeric NOT NULL,
    PRIMARY KEY (item_id, code)
);

-- A map whose field names are data; its parent is referred to by a natural key.
CREATE TABLE order_price (
    order_mongo_id text NOT NULL REFERENCES shop_order (mongo_id),
    currency text NOT NULL,
    amount numeric NOT NULL,
    PRIMARY KEY (order_mongo_id, currency)
);

-- One to one.
CREATE TABLE shipping_address (
    order_id bigint PRIMARY KEY REFERENCES shop_order,
    street text,
    city text NOT NULL
);

-- An array of scalars, which may repeat.
CREATE TABLE order_tag (
    order_id bigint NOT NULL REFERENCES shop_order,
    place smallint NOT NULL,
    tag text,
    PRIMARY KEY (order_id, place)
);

-- Arrays in arrays: the rows' composite key is referred to.
CREATE TABLE grid_row (
    order_id bigint NOT NULL REFERENCES shop_order,
    y integer NOT NULL,
    PRIMARY KEY (order_id, y)
);

CREATE TABLE grid_cell (
    order_id bigint NOT NULL,
    y integer NOT NULL,
    x integer NOT NULL,
    value double precision,
    PRIMARY KEY (order_id, y, x),
    FOREIGN KEY (order_id, y) REFERENCES grid_row
);

-- A join of a table with itself, with a column of its own.
CREATE TABLE state (
    code text PRIMARY KEY,
    name text
);

CREATE TABLE border (
    state_code text NOT NULL REFERENCES state,
    other_code text NOT NULL REFERENCES state,
    kilometres integer,
    PRIMARY KEY (state_code, other_code)
);

-- A key of several columns, and a citext identity below it.
CREATE TABLE invoice (
    shop integer NOT NULL,
    nr bigint NOT NULL,
    mongo_id text NOT NULL,
    total numeric,
    PRIMARY KEY (shop, nr)
);

CREATE TABLE invoice_line (
    shop integer NOT NULL,
    nr bigint NOT NULL,
    name citext NOT NULL,
    amount numeric,
    PRIMARY KEY (shop, nr, name),
    FOREIGN KEY (shop, nr) REFERENCES invoice
);
