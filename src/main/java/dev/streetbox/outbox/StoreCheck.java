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
   * @param damage takes what is damaged, in words, also where this throws
   * @throws DamagedException if the ledgers cannot be read
   */
  Verification verify(List<String> damage) throws SQLException, IOException {
    checkPages(damage);
    Inspection inspection = new Inspection(connection);
    try {
      inspection.unpack();
      EventTable.events(connection);
    } catch (SQLException e) {
      // What lies behind the damage is not stored, and no reader gets it.
      damage.add(requireDamage(e).getMessage());
    } catch (DamagedException e) {
      damage.add(e.getMessage());
    }
    damage.addAll(inspection.damage());
    List<Integer> open = new ArrayList<>(inspection.open());
    open.addAll(BootFile.countedSince(file.folder(), inspection.newestBoot()));
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
    IOException explained = SqliteErrors.explain(file.path(), e);
    if (explained instanceof DamagedException damaged) {
      return damaged;
    }
    throw explained;
  }
}
