package io.docrows.testing.cluster;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonArray;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.io.ByteBufferBsonInput;
import org.jspecify.annotations.Nullable;

/**
 * Reads commands and writes answers (MongoDB manual, "MongoDB Wire Protocol"): OP_MSG, and OP_QUERY for the first
 * command on a connection, with which drivers ask older servers, too (specification "MongoDB Handshake").
 */
final class Wire {

    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;
    private static final int HEADER = 16;
    private static final int CHECKSUM_PRESENT = 1;
    private static final int MORE_TO_COME = 2;
    private static final AtomicInteger IDS = new AtomicInteger();

    private Wire() {}

    /**
     * A command.
     *
     * @param id to be named in the answer
     * @param legacy whether it came as OP_QUERY
     * @param answered whether an answer is wanted
     * @param body the command, with the documents of its other sections
     */
    record Command(int id, boolean legacy, boolean answered, BsonDocument body) {

        /** The command's name is that of its first field (specification "OP_MSG"). */
        String name() {
            return body.getFirstKey();
        }
    }

    /** Reads the next command; null at the end of the connection. */
    static @Nullable Command read(DataInputStream in) throws IOException {
        byte[] header = new byte[HEADER];
        try {
            in.readFully(header);
        } catch (EOFException end) {
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int length = fields.getInt();
        int id = fields.getInt();
        fields.getInt();
        int operation = fields.getInt();
        byte[] rest = new byte[length - HEADER];
        in.readFully(rest);
        ByteBuffer body = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
        return switch (operation) {
            case OP_MSG -> message(id, body);
            case OP_QUERY -> query(id, body);
            default -> throw new IOException("no driver sends operation " + operation);
        };
    }

    private static Command query(int id, ByteBuffer body) {
        body.getInt();
        cstring(body);
        body.getInt();
        body.getInt();
        return new Command(id, true, true, document(body));
    }

    private static Command message(int id, ByteBuffer body) {
        int flags = body.getInt();
        int end = body.limit() - ((flags & CHECKSUM_PRESENT) != 0 ? Integer.BYTES : 0);
        BsonDocument command = new BsonDocument();
        while (body.position() < end) {
            if (body.get() == 0) {
                command.putAll(document(body));
                continue;
            }
            int size = body.getInt();
            int sectionEnd = body.position() - Integer.BYTES + size;
            String name = cstring(body);
            BsonArray documents = new BsonArray();
            while (body.position() < sectionEnd) {
                documents.add(document(body));
            }
            command.append(name, documents);
        }
        return new Command(id, false, (flags & MORE_TO_COME) == 0, command);
    }

    private static String cstring(ByteBuffer body) {
        StringBuilder text = new StringBuilder();
        for (byte next = body.get(); next != 0; next = body.get()) {
            text.append((char) next);
        }
        return text.toString();
    }

    private static BsonDocument document(ByteBuffer body) {
        int length = body.getInt(body.position());
        byte[] bytes = new byte[length];
        body.get(bytes);
        try (BsonBinaryReader reader =
                new BsonBinaryReader(new ByteBufferBsonInput(new org.bson.ByteBufNIO(ByteBuffer.wrap(bytes))))) {
            return new BsonDocumentCodec()
                    .decode(reader, DecoderContext.builder().build());
        }
    }

    /** Answers a command in the form in which it came. */
    static void write(OutputStream out, Command command, BsonDocument answer) throws IOException {
        byte[] document = bytes(answer);
        int fixed = command.legacy() ? 20 : 5;
        ByteBuffer message =
                ByteBuffer.allocate(HEADER + fixed + document.length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(message.capacity())
                .putInt(IDS.incrementAndGet())
                .putInt(command.id())
                .putInt(command.legacy() ? OP_REPLY : OP_MSG);
        if (command.legacy()) {
            message.putInt(8).putLong(0).putInt(0).putInt(1);
        } else {
            message.putInt(0).put((byte) 0);
        }
        message.put(document);
        out.write(message.array());
        out.flush();
    }

    private static byte[] bytes(BsonDocument document) {
        if (document instanceof RawBsonDocument raw) {
            byte[] bytes = new byte[raw.getByteBuffer().remaining()];
            raw.getByteBuffer().get(bytes);
            return bytes;
        }
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
            return buffer.toByteArray();
        }
    }
}
