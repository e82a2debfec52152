package dev.streetbox.config;

import static dev.streetbox.config.Setting.ZONE_LAT;
import static dev.streetbox.config.Setting.ZONE_LON;
import static dev.streetbox.config.Setting.ZONE_NAME;
import static dev.streetbox.config.Setting.ZONE_RADIUS_M;

import dev.streetbox.record.Zone;
import java.util.List;
import org.tomlj.TomlArray;

/** Reads the list of {@code [[privacy.zone]]}: each complete, no two with one name. */
final class Zones {
  private Zones() {}

  /** Reads the list and reports zones that are incomplete or share a name. */
  static List<ParsedTable> read(TomlArray tables, Diagnostics diagnostics) {
    List<ParsedTable> list = ParsedTable.readAll(Section.ZONE, tables, diagnostics);
    UniqueKeys names = new UniqueKeys();
    for (ParsedTable zone : list) {
      if (zone.isValid() && !diagnostics.hasSyntaxErrors()) {
        for (Setting setting : List.of(ZONE_NAME, ZONE_LAT, ZONE_LON)) {
          require(setting, zone);
        }
        names.add(zone.text(ZONE_NAME), ZONE_NAME.key(), ZONE_NAME, zone);
      }
    }
    return list;
  }

  /** Returns a complete zone in the form that the agent uses. */
  static Zone zone(ParsedTable zone) {
    return new Zone(
        zone.text(ZONE_NAME),
        zone.get(ZONE_LAT, Double.class),
        zone.get(ZONE_LON, Double.class),
        zone.get(ZONE_RADIUS_M, Double.class));
  }

  private static void require(Setting setting, ParsedTable zone) {
    if (zone.isDefault(setting)) {
      zone.report(setting, setting.key() + " is missing; type " + setting.example());
    }
  }
}
