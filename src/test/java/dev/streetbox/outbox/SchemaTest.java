package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  private static final List<String> ONE =
      List.of("CREATE TABLE chunk (id INTEGER PRIMARY KEY)", "INSERT INTO chunk VALUES (7)");
  private static final List<String> TWO =
      List.of("ALTER TABLE chunk ADD COLUMN tick INTEGER NOT NULL DEFAULT 40");
  private static final List<String> THREE = List.of("UPDATE chunk SET tick = tick + id");

  @TempDir private Path dir;

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = Sqlite.write(dir.resolve("s.db"));
  }

  @AfterEach
  void close() {
    Sqlite.close(connection);
  }

  @Test
  void everyEarlierVersionReachesThePresentOneWithWhatItHeld() throws Exception {
    new Schema(List.of(ONE)).apply(connection);
    assertEquals(1, Sqlite.number(connection, "PRAGMA user_version"));
    new Schema(List.of(ONE, TWO, THREE)).apply(connection);
    assertEquals(3, Sqlite.number(connection, "PRAGMA user_version"));
    assertEquals(47, Sqlite.number(connection, "SELECT tick FROM chunk WHERE id = 7"));
    new Schema(List.of(ONE, TWO, THREE)).apply(connection);
    assertEquals(47, Sqlite.number(connection, "SELECT tick FROM chunk WHERE id = 7"));
  }

  @Test
  void aStepThatFailsLeavesTheFileAsItWas() throws Exception {
    new Schema(List.of(ONE)).apply(connection);
    Schema broken = new Schema(List.of(ONE, TWO, List.of("UPDATE nowhere SET tick = 1")));
    assertThrows(SQLException.class, () -> broken.apply(connection));
    Sqlite.close(connection);
    open();
    assertEquals(1, Sqlite.number(connection, "PRAGMA user_version"));
    new Schema(List.of(ONE, TWO, THREE)).apply(connection);
    assertEquals(47, Sqlite.number(connection, "SELECT tick FROM chunk WHERE id = 7"));
  }

  @Test
  void aStoreOfALaterVersionIsNotTouched() throws Exception {
    new Schema(List.of(ONE, TWO)).apply(connection);
    Schema old = new Schema(List.of(ONE));
    assertThrows(NewerStoreException.class, () -> old.require(dir.resolve("s.db"), connection));
    assertEquals(40, Sqlite.number(connection, "SELECT tick FROM chunk"));
  }
}
