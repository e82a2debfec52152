package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.datadir.DamagedException;
import dev.streetbox.measure.Row;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChunkTest {
  private static final Chunk CHUNK =
      new Chunk(41, LongStream.rangeClosed(1801, 1810).mapToObj(s -> Rig.row(41, s)).toList());

  @Test
  void aChunkReadBackIsTheSame() throws IOException {
    assertEquals(CHUNK, Chunk.unpack(CHUNK.id(), CHUNK.pack()));
    assertEquals(1_810_000, CHUNK.lastTickMs());
  }

  @Test
  void keysGrowWithBootAndSeqAndCanBeTakenApart() {
    assertEquals(41 * 4_294_967_296L + 1801, CHUNK.id());
    assertTrue(Chunk.id(41, Chunk.LAST_SEQ) < Chunk.id(42, 1));
    assertEquals(Integer.MAX_VALUE, Chunk.boot(Chunk.id(Integer.MAX_VALUE, Chunk.LAST_SEQ)));
    assertEquals(Chunk.LAST_SEQ, Chunk.first(Chunk.id(Integer.MAX_VALUE, Chunk.LAST_SEQ)));
  }

  @Test
  void aChunkUnderAnotherKeyIsDamage() throws IOException {
    byte[] packed = CHUNK.pack();
    assertThrows(DamagedException.class, () -> Chunk.unpack(Chunk.id(40, 1801), packed));
    assertThrows(DamagedException.class, () -> Chunk.unpack(Chunk.id(41, 1802), packed));
  }

  @Test
  void anyFlippedBitIsDamageOrChangesNothing() throws IOException {
    byte[] packed = CHUNK.pack();
    SplittableRandom random = new SplittableRandom(1);
    int damaged = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] flipped = packed.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertEquals(CHUNK, Chunk.unpack(CHUNK.id(), flipped));
      } catch (DamagedException e) {
        damaged++;
      }
    }
    assertTrue(damaged > 1900, damaged + " of 2000 found");
  }

  @Test
  void aChunkCutShortIsDamage() throws IOException {
    byte[] packed = CHUNK.pack();
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(packed, length);
      assertThrows(DamagedException.class, () -> Chunk.unpack(CHUNK.id(), cut));
    }
  }

  @Test
  void rowsWithNothingMeasuredAreKeptToo() throws IOException {
    Row empty = new Row(1, 1, 0, dev.streetbox.measure.Sample.NOTHING);
    Chunk chunk = new Chunk(1, List.of(empty));
    assertEquals(chunk, Chunk.unpack(chunk.id(), chunk.pack()));
  }
}
