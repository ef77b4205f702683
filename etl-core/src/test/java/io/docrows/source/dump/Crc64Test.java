package io.docrows.source.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Crc64Test {

    /** The check value of CRC-64/XZ in the catalogue of parametrised CRC algorithms. */
    @Test
    void hasTheCheckValueOfItsVariant() {
        Crc64 crc = new Crc64(0);
        assertThat(crc.value()).isZero();
        crc.update("123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(crc.value()).isEqualTo(0x995DC9BBDF1939FAL);
    }

    @Test
    void doesNotDependOnHowTheBytesAreCut() {
        byte[] bytes = new byte[1_000];
        new Random(1).nextBytes(bytes);
        Crc64 whole = new Crc64(0);
        whole.update(bytes);
        for (int cut = 0; cut <= bytes.length; cut += 13) {
            Crc64 first = new Crc64(0);
            first.update(Arrays.copyOf(bytes, cut));
            Crc64 second = new Crc64(first.value());
            second.update(Arrays.copyOfRange(bytes, cut, bytes.length));
            assertThat(second.value()).isEqualTo(whole.value());
        }
    }
}
