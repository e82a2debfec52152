package dev.streetbox.outbox;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.datadir.DamagedException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads every byte of a store, and accounts for every seq. Used within one read transaction. */
final class StoreCheck {
  private final Connection connection;
  private final StoreFile file;

  StoreCheck(Connection connection, StoreFile file) {
    this.connection = connection;
    this.file = file;
  }

  /**
   * Checks the store.
   *
   * @param corruption collects descriptions of what is damaged, also if this throws
   * @throws DamagedException if the ledgers cannot be read
   */
  Verification verify(List<String> corruption) throws SQLException, IOException {
    checkPages(corruption);
    Inspection inspection = new Inspection(connection);
    try {
      inspection.unpack();
      EventTable.events(connection);
    } catch (SQLException e) {
      // Rows behind the damage cannot be read by any reader, so they count as not stored.
      corruption.add(requireCorruption(e).getMessage());
    } catch (DamagedException e) {
      corruption.add(e.getMessage());
    }
    corruption.addAll(inspection.corruption());
    List<Integer> open = new ArrayList<>(inspection.open());
    open.addAll(BootFile.countedSince(file.folder(), inspection.newestBoot()));
    return new Verification(corruption, inspection.accounts(), inspection.unexplained(), open);
  }

  private void checkPages(List<String> corruption) throws SQLException, IOException {
    try (PreparedStatement check = connection.prepareStatement("PRAGMA integrity_check");
        ResultSet result = check.executeQuery()) {
      while (result.next()) {
        corruption.add(result.getString(1));
      }
      corruption.remove("ok");
    } catch (SQLException e) {
      corruption.add(requireCorruption(e).getMessage());
    }
  }

  /** Throws an error of the disk or of a lock, which is no evidence of damage. */
  private DamagedException requireCorruption(SQLException e) throws IOException {
    IOException explained = SqliteErrors.explain(file.path(), e);
    if (explained instanceof DamagedException damaged) {
      return damaged;
    }
    throw explained;
  }
}
