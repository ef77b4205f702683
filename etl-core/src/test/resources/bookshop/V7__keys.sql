-- One row may be found by a key of any type whose equality is coarser than Java's, or MongoDB's.
CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

CREATE TABLE keyed (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    by_text    text                  UNIQUE,
    by_citext  citext                UNIQUE,
    by_folded  text COLLATE any_case UNIQUE,
    by_char    char(4)               UNIQUE,
    by_numeric numeric               UNIQUE,
    by_double  double precision      UNIQUE,
    by_bytea   bytea                 UNIQUE,
    by_instant timestamptz           UNIQUE,
    email      text                  UNIQUE,
    note       text                  CHECK (note <> 'refused')
);
