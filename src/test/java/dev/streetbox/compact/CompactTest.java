package dev.streetbox.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.streetbox.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Encodes batches as columns and decodes them again. */
class CompactTest {
  private static final int LIMIT_BYTES = 512_000;

  @Test
  void decodingGivesTheJsonOfTheBatchByteForByte() {
    Seeds.each(
        200,
        seed -> {
          byte[] json = RandomBatches.next(new SplittableRandom(seed));
          byte[] compact = CompactEncoder.encode(json);
          assertEquals(text(json), text(CompactDecoder.decode(compact, LIMIT_BYTES)));
          assertEquals(0x78, compact[0], "the first byte of the zlib format");
        });
  }

  @Test
  void aDamagedBodyIsRefusedInWordsOrIsABatchAgain() {
    Seeds.each(
        300,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          byte[] body = CompactEncoder.encode(RandomBatches.next(random));
          body = damaged(random, body);
          try {
            CompactDecoder.decode(body, LIMIT_BYTES);
          } catch (IOException e) {
            assertTrue(e.getMessage().startsWith("a damaged compact batch: "), e.getMessage());
          }
        });
  }

  @Test
  void aDamagedItemIsRefusedInWordsOrIsABatchAgain() {
    Seeds.each(
        300,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          byte[] body = CompactEncoder.encode(RandomBatches.next(random));
          byte[] item = CompactItem.inflated(body);
          byte[] deflated = CompactItem.deflated(damaged(random, item));
          try {
            CompactDecoder.decode(deflated, LIMIT_BYTES);
          } catch (IOException e) {
            assertTrue(e.getMessage().startsWith("a damaged compact batch: "), e.getMessage());
          }
        });
  }

  private static byte[] damaged(SplittableRandom random, byte[] bytes) {
    byte[] damaged = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    if (random.nextBoolean()) {
      damaged = bytes.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return damaged;
  }

  @Test
  void aBodyOfMoreRowsThanABatchCanHaveIsRefused() throws IOException {
    byte[] body = body(100_000_000);
    IOException refused =
        assertThrows(IOException.class, () -> CompactDecoder.decode(body, LIMIT_BYTES));
    assertTrue(refused.getMessage().contains("more values than rows"), refused.getMessage());
  }

  /** Returns a body whose first column claims that many zeros, of which 5,000 follow. */
  private static byte[] body(int claimed) throws IOException {
    ByteArrayOutputStream item = new ByteArrayOutputStream();
    try (JsonGenerator cbor = new CBORFactory().createGenerator(item)) {
      cbor.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      cbor.writeStartArray(null, 16);
      cbor.writeNumber(1);
      cbor.writeString("sb-1");
      cbor.writeNumber(1);
      cbor.writeBoolean(false);
      cbor.writeNumber(1);
      cbor.writeNumber(1);
      for (int i = 0; i < 4; i++) {
        cbor.writeNull();
      }
      cbor.writeStartArray(null, claimed);
      for (int i = 0; i < 5_000; i++) {
        cbor.writeNumber(0);
      }
    }
    return CompactItem.deflated(item.toByteArray());
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
