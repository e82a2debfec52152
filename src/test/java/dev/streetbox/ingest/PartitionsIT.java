package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks in a real PostgreSQL the partitions of table row. */
class PartitionsIT {
  @RegisterExtension private static final SharedCluster SHARED = new SharedCluster();

  private final SentMessages box = new SentMessages("sb-1");
  private final BoxTables tables;

  /** Uses tables of its own. */
  PartitionsIT() throws SQLException {
    tables = SHARED.tables();
  }

  @Test
  void partitionsAreMadeWhenTheirFirstBootComes() throws IOException, SQLException {
    tables.make();
    tables.execute("update setting set value = 2 where key = 'partition_boots'");
    assertTrue(tables.store(box.batch(1, 1, 1), box.batch(2, 1, 1), box.batch(3, 1, 1)));
    assertTrue(tables.store(box.batch(4, 1, 1)));
    assertEquals(
        List.of("row_0 1", "row_2 2", "row_4 1"),
        tables.lines("select tableoid::regclass, count(*) from row group by 1 order by 1"));
  }

  @Test
  void aRowThatComesAgainAfterAMonthMeetsItsKey() throws IOException, SQLException {
    tables.make();
    tables.execute("update setting set value = 2 where key = 'partition_boots'");
    for (int boot = 1; boot <= 5; boot++) {
      assertTrue(tables.store(box.batch(boot, 1, 3)));
    }
    tables.execute("update boot set last_at = now() - interval '40 days'");
    assertTrue(tables.store(box.batch(1, 1, 4)));
    assertEquals(
        "4 4 3",
        tables.line(
            "select (select count(*) from row r where r.boot_id = b.boot_id), rows, duplicates"
                + " from boot b where boot = 1"));
  }

  @Test
  void rowsOfARemovedPartitionAreCountedAndNotStoredAgain() throws IOException, SQLException {
    tables.make();
    tables.execute("update setting set value = 2 where key = 'partition_boots'");
    for (int boot = 1; boot <= 5; boot++) {
      assertTrue(tables.store(box.batch(boot, 1, 3)));
    }
    tables.execute("update boot set last_at = now() - interval '40 days' where boot_id < 4");
    assertEquals("2", tables.line("select expire(30)"));
    // The ingest remembers the boot as it was before.
    assertTrue(tables.store(box.batch(1, 1, 3), box.batch(1, 4, 4), box.batch(5, 4, 4)));
    assertEquals(
        "sb-1 expired 2 4", tables.line("select box, reason, messages, rows from refused"));
    assertEquals("7", tables.line("select count(*) from row"));
    assertEquals(List.of(), tables.time().slept());
    assertEquals("0", tables.line("select count(*) from quarantine"));
  }
}
