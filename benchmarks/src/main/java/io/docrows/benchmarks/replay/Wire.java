package io.docrows.benchmarks.replay;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Messages of MongoDB's wire protocol (MongoDB manual, "MongoDB Wire Protocol"): OP_MSG, and OP_QUERY with OP_REPLY for
 * the first command on a connection (specification "MongoDB Handshake").
 */
final class Wire {

    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_COMPRESSED = 2012;
    private static final int OP_MSG = 2013;

    /** Compressor ids of OP_COMPRESSED (the same). */
    private static final int ZLIB = 2;

    private static final int HEADER = 16;
    private static final int LONGEST = 48_000_000;
    private static final AtomicInteger IDS = new AtomicInteger();

    private Wire() {}

    /**
     * A command.
     *
     * @param id to be named in the reply
     * @param legacy whether it came as OP_QUERY
     * @param body the command
     */
    record Command(int id, boolean legacy, BsonDocument body) {

        /** Its name is that of the first field (specification "OP_MSG"). */
        String name() {
            return body.getFirstKey();
        }
    }

    /** Reads the next command; null at the end of the connection. */
    static @Nullable Command read(SocketChannel channel) throws IOException {
        ByteBuffer header = buffer(HEADER);
        if (!fill(channel, header)) {
            return null;
        }
        int length = header.getInt();
        int id = header.getInt();
        header.getInt();
        int operation = header.getInt();
        if (length < HEADER || length > LONGEST) {
            throw new IOException("a message of " + length + " bytes");
        }
        ByteBuffer body = buffer(length - HEADER);
        if (!fill(channel, body)) {
            throw new EOFException("a message was cut off");
        }
        if (operation == OP_COMPRESSED) {
            operation = body.getInt();
            body = inflated(body);
        }
        return switch (operation) {
            case OP_MSG -> {
                // Flags, and the kind of the first section, which is the command; nobody sends documents here.
                body.position(Integer.BYTES + 1);
                yield new Command(id, false, document(body));
            }
            case OP_QUERY -> {
                body.getInt();
                while (body.get() != 0) {
                    // The collection's name.
                }
                body.position(body.position() + 2 * Integer.BYTES);
                yield new Command(id, true, document(body));
            }
            default -> throw new IOException("operation " + operation + " is not known");
        };
    }

    private static ByteBuffer inflated(ByteBuffer body) throws IOException {
        ByteBuffer message = buffer(body.getInt());
        if (body.get() != ZLIB) {
            throw new IOException("a compressor that was not agreed on");
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(body);
            while (message.hasRemaining() && inflater.inflate(message) > 0) {
                // Until it is whole.
            }
            return message.flip();
        } catch (DataFormatException malformed) {
            throw new IOException(malformed);
        } finally {
            inflater.end();
        }
    }

    /**
     * The same message, compressed.
     *
     * @param message a whole one
     * @return what stands behind its header
     */
    static byte[] deflated(ByteBuffer[] message) {
        int size = 0;
        for (ByteBuffer part : message) {
            size += part.remaining();
        }
        ByteBuffer whole = buffer(size);
        for (ByteBuffer part : message) {
            whole.put(part.duplicate());
        }
        // The level of servers by default (MongoDB manual, "net.compression.zlibCompressionLevel").
        Deflater deflater = new Deflater(6);
        deflater.setInput(whole.array(), HEADER, size - HEADER);
        deflater.finish();
        ByteBuffer compressed = buffer(size + 1_000);
        compressed.putInt(OP_MSG).putInt(size - HEADER).put((byte) ZLIB);
        while (!deflater.finished()) {
            deflater.deflate(compressed);
        }
        deflater.end();
        return Arrays.copyOf(compressed.array(), compressed.position());
    }

    /** A whole reply around what was compressed. */
    static ByteBuffer compressedReply(Command command, byte[] deflated) {
        return buffer(HEADER + deflated.length)
                .putInt(HEADER + deflated.length)
                .putInt(IDS.incrementAndGet())
                .putInt(command.id())
                .putInt(OP_COMPRESSED)
                .put(deflated)
                .flip();
    }

    private static boolean fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        buffer.flip();
        return true;
    }

    private static BsonDocument document(ByteBuffer body) {
        try (BsonBinaryReader reader = new BsonBinaryReader(body.slice().order(ByteOrder.LITTLE_ENDIAN))) {
            return new BsonDocumentCodec()
                    .decode(reader, DecoderContext.builder().build());
        }
    }

    /** The bytes before a reply's document. */
    static ByteBuffer head(Command command, long documentLength, int room) {
        int fixed = command.legacy() ? 20 : 5;
        ByteBuffer head = buffer(HEADER + fixed + room);
        head.putInt(Math.toIntExact(HEADER + fixed + documentLength))
                .putInt(IDS.incrementAndGet())
                .putInt(command.id())
                .putInt(command.legacy() ? OP_REPLY : OP_MSG);
        return command.legacy()
                ? head.putInt(8).putLong(0).putInt(0).putInt(1)
                : head.putInt(0).put((byte) 0);
    }

    /** A whole reply. */
    static ByteBuffer reply(Command command, BsonDocument document) {
        try (BasicOutputBuffer bytes = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(bytes)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
            return head(command, bytes.getSize(), bytes.getSize())
                    .put(bytes.toByteArray())
                    .flip();
        }
    }

    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
