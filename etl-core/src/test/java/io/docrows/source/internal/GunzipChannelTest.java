package io.docrows.source.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.source.dump.DumpFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

final class GunzipChannelTest {

    private static final byte[] BYTES = random(300_000);

    @Test
    void inflatesSeveralMembers() throws IOException {
        byte[] gzip =
                DumpFiles.joined(List.of(DumpFiles.gzip(BYTES), DumpFiles.gzip(new byte[0]), DumpFiles.gzip(BYTES)));
        assertThat(inflate(gzip)).isEqualTo(DumpFiles.joined(List.of(BYTES, BYTES)));
    }

    @Test
    void ignoresZeroesBehindTheEnd() throws IOException {
        byte[] gzip = DumpFiles.gzip(BYTES);
        assertThat(inflate(Arrays.copyOf(gzip, gzip.length + 1_000))).isEqualTo(BYTES);
    }

    @Test
    void refusesOtherBytesBehindTheEnd() {
        byte[] gzip = DumpFiles.joined(List.of(DumpFiles.gzip(BYTES), new byte[] {0, 7}));
        assertThatThrownBy(() -> inflate(gzip)).isInstanceOf(ZipException.class);
    }

    @Test
    void noticesASecondMemberThatIsCutInItsHeader() {
        byte[] first = DumpFiles.gzip(BYTES);
        byte[] two = DumpFiles.joined(List.of(first, DumpFiles.gzip(BYTES)));
        for (int extra = 1; extra < 30; extra++) {
            byte[] cut = Arrays.copyOf(two, first.length + extra);
            assertThatThrownBy(() -> inflate(cut)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void readsHeadersWithEveryOptionalField() throws IOException {
        byte[] plain = DumpFiles.gzip(BYTES);
        byte[] header = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 'c', 0, 5, 6};
        byte[] full = DumpFiles.joined(List.of(header, Arrays.copyOfRange(plain, 10, plain.length)));
        assertThat(inflate(full)).isEqualTo(BYTES);
    }

    @Test
    void refusesAnEmptyFileAndAWrongChecksum() {
        assertThatThrownBy(() -> inflate(new byte[0])).isInstanceOf(EOFException.class);
        byte[] gzip = DumpFiles.gzip(BYTES);
        gzip[gzip.length - 8] ^= 1;
        assertThatThrownBy(() -> inflate(gzip)).isInstanceOf(ZipException.class).hasMessageContaining("checksum");
    }

    @Test
    void closesOnce() throws IOException {
        GunzipChannel channel = new GunzipChannel(Channels.newChannel(new ByteArrayInputStream(new byte[0])));
        assertThat(channel.isOpen()).isTrue();
        channel.close();
        channel.close();
        assertThat(channel.isOpen()).isFalse();
    }

    private static byte[] inflate(byte[] gzip) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocateDirect(10_007);
        try (GunzipChannel channel = new GunzipChannel(Channels.newChannel(new ByteArrayInputStream(gzip)))) {
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                out.writeBytes(part);
                buffer.clear();
            }
        }
        return out.toByteArray();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(2).nextBytes(bytes);
        Arrays.fill(bytes, 0, size / 2, (byte) 'a');
        return bytes;
    }
}
