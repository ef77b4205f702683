package io.docrows.testing;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.LABEL_STAMP;
import static io.docrows.testing.db.Tables.PARCEL;
import static io.docrows.testing.db.Tables.PARCEL_LABEL;
import static io.docrows.testing.db.Tables.PART;
import static io.docrows.testing.db.Tables.PART_USE;
import static io.docrows.testing.db.Tables.UNIT;

import io.docrows.mapping.CollectionMapping;
import io.docrows.testing.db.tables.records.ParcelRecord;
import io.docrows.testing.db.tables.records.PartRecord;

/** Mappings whose rows below a document are unique in several ways, or lead back to the documents' own table. */
public final class Parts {

    public static final CollectionMapping<ParcelRecord> PARCELS = CollectionMapping.of("parcels", PARCEL)
            .key(PARCEL.MONGO_ID, id("_id"))
            .map(PARCEL.NAME, string("name"))
            .children(
                    "labels",
                    PARCEL_LABEL,
                    label -> label.position(PARCEL_LABEL.PLACE)
                            .map(PARCEL_LABEL.CODE, string("code"))
                            .map(PARCEL_LABEL.SERIAL, int32("serial"))
                            .map(PARCEL_LABEL.COPIES, int32("copies"))
                            .children(
                                    "stamps",
                                    LABEL_STAMP,
                                    stamp -> stamp.position(LABEL_STAMP.NR).map(LABEL_STAMP.INK, string())))
            .build();

    public static final CollectionMapping<PartRecord> PARTS = CollectionMapping.of("parts", PART)
            .key(PART.MONGO_ID, id("_id"))
            .map(PART.NAME, string("name"))
            .children(
                    "uses",
                    PART_USE,
                    use -> use.parent(io.docrows.testing.db.Keys.PART_USE__PART_USE_PART_ID_FKEY)
                            .position(PART_USE.LINE)
                            .reference(PART_USE.USED_ID, id("part"), PART.MONGO_ID)
                            .lookup(PART_USE.UNIT_ID, string("unit"), UNIT.NAME)
                            .map(PART_USE.AMOUNT, int32("amount")))
            .build();

    /** Every row of the tables of parcels, each with its parcel. */
    public static final String PARCEL_ROWS = """
            SELECT p.mongo_id, 'parcel', p.name, NULL FROM parcel p
            UNION ALL SELECT p.mongo_id, 'label ' || l.place, l.code || ' x ' || l.copies, l.serial::text
            FROM parcel_label l JOIN parcel p ON p.id = l.parcel_id
            UNION ALL SELECT p.mongo_id, 'label ' || l.place || ' stamp ' || s.nr, s.ink, NULL
            FROM label_stamp s JOIN parcel_label l ON l.id = s.label_id JOIN parcel p ON p.id = l.parcel_id
            ORDER BY 1, 2, 3, 4
            """;

    /** Every row of the tables of parts, each with its part. */
    public static final String PART_ROWS = """
            SELECT p.mongo_id, 'part', p.name, NULL FROM part p
            UNION ALL SELECT p.mongo_id, 'use ' || u.line || COALESCE(' of ' || q.mongo_id, ''), u.amount::text, n.name
            FROM part_use u JOIN part p ON p.id = u.part_id
            LEFT JOIN part q ON q.id = u.used_id LEFT JOIN unit n ON n.id = u.unit_id
            ORDER BY 1, 2, 3, 4
            """;

    private Parts() {}
}
