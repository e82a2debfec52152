package dev.streetbox.outbox;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.datadir.DamagedException;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Timeline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * A store as somebody sees it who only reads: the publisher, {@code status}, {@code outbox}, beside
 * the writer or without one. Used by the thread that opened it. Reads what was committed when each
 * method was called.
 */
public final class StoreView implements Closeable {
  private final Path file;
  private final Connection connection;

  private StoreView(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens the store of a data folder.
   *
   * @throws IOException if there is none or it cannot be read; the message says what to do
   */
  public static StoreView open(Path dataDir) throws IOException {
    Path file = dataDir.resolve(Store.NAME);
    requireFile(file);
    try {
      return new StoreView(file, Sqlite.read(file));
    } catch (SQLException e) {
      throw Sqlite.explain(file, e);
    }
  }

  private static void requireFile(Path file) throws IOException {
    try {
      Files.readAttributes(file, BasicFileAttributes.class);
    } catch (AccessDeniedException e) {
      throw new IOException(
          file + " may not be read by this user: it says where people were. Try it with sudo", e);
    } catch (NoSuchFileException e) {
      throw new IOException(
          file + " does not exist: nothing has been stored here yet. Try: streetbox status", e);
    }
  }

  /** The rows of the range that are here and sound, in order of seq. */
  public List<Row> rows(Range range) throws IOException {
    return snapshot(() -> ChunkTable.rows(connection, range, new ArrayList<>()));
  }

  /** What dates the rows of a boot. */
  public Timeline timeline(int boot) throws IOException {
    return Dating.of(ledgers(), boot);
  }

  /** What became of every row of every boot that the store knows, the oldest boot first. */
  public List<Account> accounts() throws IOException {
    return snapshot(
        () -> {
          Inspection inspection = new Inspection(connection);
          inspection.count();
          return inspection.accounts();
        });
  }

  /**
   * How much a data folder's store holds and how much of it is still to be sent.
   *
   * @throws IOException if there is none or it cannot be read; the message says what to do
   */
  public static Depth depth(Path dataDir) throws IOException {
    try (StoreView view = open(dataDir)) {
      return view.snapshot(view::measure);
    } catch (DamagedException e) {
      throw new IOException(e.getMessage() + ". Try: streetbox outbox verify", e);
    }
  }

  private Depth measure() throws SQLException, IOException {
    Inspection inspection = new Inspection(connection);
    inspection.count();
    Path log = file.resolveSibling(Store.NAME + "-wal");
    return new Depth(
        Files.size(file),
        Files.exists(log) ? Files.size(log) : 0,
        LedgerTables.events(connection).size(),
        inspection.depths());
  }

  /** Everything that is damaged, in words; empty if the store is sound. Reads all of it. */
  public List<String> check() throws IOException {
    return verify().damage();
  }

  /**
   * Checks every page and every row of a data folder's store, and accounts for every seq.
   *
   * @throws IOException if there is none or it cannot be read now; a damaged store is no exception
   *     but an answer
   */
  public static Verification verify(Path dataDir) throws IOException {
    try (StoreView view = open(dataDir)) {
      return view.verify();
    } catch (DamagedException e) {
      return new Verification(List.of(e.getMessage()), List.of(), List.of(), List.of());
    }
  }

  private Verification verify() throws IOException {
    List<String> damage = new ArrayList<>();
    try {
      return snapshot(() -> verify(damage));
    } catch (DamagedException e) {
      damage.add(e.getMessage());
      return new Verification(damage, List.of(), List.of(), List.of());
    }
  }

  private Verification verify(List<String> damage) throws SQLException, IOException {
    checkPages(damage);
    Inspection inspection = new Inspection(connection);
    try {
      inspection.unpack();
      LedgerTables.events(connection);
    } catch (SQLException e) {
      // What lies behind the damage is not stored, and no reader gets it.
      damage.add(requireDamage(e).getMessage());
    } catch (DamagedException e) {
      damage.add(e.getMessage());
    }
    damage.addAll(inspection.damage());
    List<Integer> open = new ArrayList<>(inspection.open());
    open.addAll(BootFile.countedSince(file.getParent(), inspection.newestBoot()));
    return new Verification(damage, inspection.accounts(), inspection.unexplained(), open);
  }

  private void checkPages(List<String> damage) throws SQLException, IOException {
    try (PreparedStatement check = connection.prepareStatement("PRAGMA integrity_check");
        ResultSet result = check.executeQuery()) {
      while (result.next()) {
        damage.add(result.getString(1));
      }
      damage.remove("ok");
    } catch (SQLException e) {
      damage.add(requireDamage(e).getMessage());
    }
  }

  /** A disk that is locked or fails says nothing about what is on it. */
  private DamagedException requireDamage(SQLException e) throws IOException {
    IOException explained = Sqlite.explain(file, e);
    if (explained instanceof DamagedException damaged) {
      return damaged;
    }
    throw explained;
  }

  private interface Reading<T> {
    T read() throws SQLException, IOException;
  }

  /** Reads the store as it is at one moment, whatever is written meanwhile. */
  private <T> T snapshot(Reading<T> reading) throws IOException {
    try {
      Sqlite.run(connection, "BEGIN");
      try {
        return reading.read();
      } finally {
        Sqlite.endRead(connection);
      }
    } catch (SQLException e) {
      throw Sqlite.explain(file, e);
    }
  }

  /** What the store knows of each boot. */
  NavigableMap<Integer, Ledger> ledgers() throws IOException {
    return snapshot(() -> LedgerTables.ledgers(connection));
  }

  @Override
  public void close() {
    Sqlite.close(connection);
  }
}
