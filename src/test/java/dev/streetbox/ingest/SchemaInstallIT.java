package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks in a real PostgreSQL that the schema is made once and grows with the program. */
class SchemaInstallIT {
  @RegisterExtension private static final SharedCluster SHARED = new SharedCluster();

  private final SentMessages box = new SentMessages("sb-1");
  private final BoxTables tables;

  /** Uses tables of its own. */
  SchemaInstallIT() throws SQLException {
    tables = SHARED.tables();
  }

  private void startAgain() throws IOException {
    try (Database again = tables.database()) {
      again.open(() -> false);
    }
  }

  @Test
  void anotherStartKeepsRowsAndChangedSettings() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 3)));
    tables.execute("update setting set value = 7 where key = 'min_passes'");
    String tablesAndColumns =
        "select table_name, column_name, ordinal_position from information_schema.columns where"
            + " table_schema = current_schema() order by 1, 3";
    List<String> before = tables.lines(tablesAndColumns);
    startAgain();
    assertEquals(before, tables.lines(tablesAndColumns));
    assertEquals("7 3", tables.line("select setting('min_passes'), count(*) from row"));
  }

  @Test
  void aQuantityThatIsNewInTheMiddleGetsItsColumnAndView() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 1)));
    tables.execute("drop view sample cascade");
    tables.execute("alter table row drop column temp_c");
    tables.execute("delete from quantity where key = 'temp_c'");
    tables.execute("select build_quantities()");
    startAgain();
    assertTrue(tables.store(box.oneRow(1, 2, ",\"temp_c\":21.5")));
    assertEquals("2 21.5", tables.line("select seq, value from temp_c"));
  }

  @Test
  void theTablesOfANewerProgramTakeTheRowsOfThisOne() throws IOException, SQLException {
    tables.make();
    tables.execute("alter table row add column uv_index real");
    tables.execute("alter table boot add column firmware text");
    tables.execute(
        "insert into quantity select 'uv_index', 1 + max(position), 'real', '1', 1, 0, 20,"
            + " 'arithmetic', false, true, 0 from quantity");
    tables.execute("select build_quantities()");
    startAgain();
    assertTrue(tables.store(box.oneRow(1, 1, ",\"uv_index\":3,\"temp_c\":21.5")));
    assertEquals("21.5 {\"uv_index\": 3}", tables.line("select temp_c, extra from sample"));
    assertEquals("0", tables.line("select count(*) from uv_index"));
  }

  @Test
  void ingestsThatStartAtOnceMakeTheSchemaOnce()
      throws IOException, SQLException, InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> starts =
          List.of(
              threads.submit(this::open), threads.submit(this::open), threads.submit(this::open));
      for (Future<?> start : starts) {
        start.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(List.of(), tables.time().slept());
    assertTrue(tables.store(box.batch(1, 1, 1)));
  }

  private Void open() throws IOException {
    startAgain();
    return null;
  }

  @Test
  void functionsFindTheirTablesWhateverTheSearchPathIs() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 2), box.batch(1, 4, 4)));
    tables.execute("select find_holes()");
    String schema = tables.settings().schema();
    tables.execute("set search_path = pg_catalog");
    assertEquals("3 1", tables.line("select received, unexplained from " + schema + ".account"));
    assertEquals("1", tables.line("select " + schema + ".refresh_cells()"));
  }
}
