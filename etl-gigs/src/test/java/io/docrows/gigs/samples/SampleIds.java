package io.docrows.gigs.samples;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.bson.BsonDateTime;
import org.bson.BsonObjectId;
import org.bson.types.ObjectId;

/** ObjectIds and dates as MongoDB's drivers would have made them, but from a fixed machine and a counter. */
final class SampleIds {

    private static final long MACHINE = 0x5C_1AF0_0D42L;
    private static final long FIRST_SECOND =
            Instant.parse("2014-03-01T00:00:00Z").getEpochSecond();

    private int counter;

    /** Starts a collection of its own. */
    SampleIds(int firstCounter) {
        counter = firstCounter;
    }

    /**
     * The next ObjectId of a document made at some time; those from before the marketplace were taken over at its
     * start.
     */
    BsonObjectId next(BsonDateTime created) {
        long second = Math.max(created.getValue() / 1000, FIRST_SECOND);
        ByteBuffer bytes = ByteBuffer.allocate(12);
        bytes.putInt((int) second);
        bytes.put((byte) (MACHINE >> 32)).putInt((int) MACHINE);
        bytes.put((byte) (counter >> 16)).putShort((short) counter);
        counter++;
        return new BsonObjectId(new ObjectId(bytes.array()));
    }

    static BsonDateTime date(String instant) {
        return new BsonDateTime(Instant.parse(instant).toEpochMilli());
    }
}
