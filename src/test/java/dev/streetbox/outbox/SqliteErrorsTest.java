package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.datadir.DamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The codes are those of https://www.sqlite.org/rescode.html. */
class SqliteErrorsTest {
  private static final Path FILE = Path.of("/data/outbox.db");

  private static IOException explain(int code, String message) {
    SQLException cause = new SQLException(message, null, code);
    IOException explained = SqliteErrors.explain(FILE, cause);
    assertSame(cause, explained.getCause());
    return explained;
  }

  @Test
  void whatASoundStoreNeverAnswersIsDamage() {
    for (int code : new int[] {1, 11, 17, 19, 20, 26, 11 | 1 << 8, 26 | 2 << 8}) {
      IOException explained = explain(code, "it is so");
      assertTrue(explained instanceof DamagedException, "code " + code);
      assertEquals("/data/outbox.db is damaged (it is so)", explained.getMessage());
    }
    IOException cutShort = explain(10 | 2 << 8, "[SQLITE_IOERR_SHORT_READ] too short");
    assertTrue(cutShort instanceof DamagedException, cutShort.toString());
  }

  @Test
  void whatTheDiskDoesIsNoDamageAndSaysWhatToType() {
    Map<Integer, String> tries =
        Map.of(
            13, "Try: df -h /data (",
            8, "Try: ls -l /data/outbox.db (",
            3, "Try: ls -l /data/outbox.db (",
            5, "Try: fuser -v /data/outbox.db (",
            6, "Try: fuser -v /data/outbox.db (",
            14, "Try: ls -ld /data (",
            10, "Try: dmesg | tail (");
    tries.forEach(
        (code, text) -> {
          for (int extended : new int[] {code, code | 7 << 8}) {
            IOException explained = explain(extended, "no");
            assertEquals(IOException.class, explained.getClass(), "code " + extended);
            assertTrue(explained.getMessage().contains(text), explained.getMessage());
          }
        });
  }

  @Test
  void anErrorWithoutAMessageIsExplainedToo() {
    assertTrue(explain(13, null).getMessage().contains("the disk is full"));
  }

  @Test
  void workThatSucceedsIsGivenBackAndItsOwnErrorsPass() throws IOException {
    assertEquals("done", SqliteErrors.explained(FILE, () -> "done"));
    IOException own = new IOException("own");
    assertSame(
        own,
        assertThrows(
            IOException.class,
            () ->
                SqliteErrors.explained(
                    FILE,
                    () -> {
                      throw own;
                    })));
    assertThrows(
        DamagedException.class,
        () ->
            SqliteErrors.explained(
                FILE,
                () -> {
                  throw new SQLException("malformed", null, 11);
                }));
  }
}
