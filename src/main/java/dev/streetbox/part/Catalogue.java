package dev.streetbox.part;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists the parts that this version has a driver for. A new part is one entry and one line here.
 */
public final class Catalogue {
  /**
   * Entries in the order in which messages of the configuration list the parts, and in which parts
   * that share an address are identified.
   */
  private static final List<CatalogueEntry> ENTRIES =
      List.of(
          Sps30Entry.ENTRY,
          Sht4xEntry.ENTRY,
          Sht3xEntry.ENTRY,
          Bme280Entry.ENTRY,
          Sgp41Entry.ENTRY,
          Sgp40Entry.ENTRY,
          MultiGasEntry.ENTRY,
          Mics6814Entry.ENTRY,
          Sen0232Entry.ENTRY,
          DnmsEntry.ENTRY,
          PcbArtistsEntry.ENTRY,
          Pms5003Entry.ENTRY,
          Pmsa003iEntry.ENTRY,
          Sen55Entry.ENTRY,
          Sen66Entry.ENTRY,
          Sds011Entry.ENTRY,
          Ze03Entry.ENTRY,
          MicrophoneEntry.ENTRY);

  private Catalogue() {}

  /** Returns every entry. */
  public static List<CatalogueEntry> entries() {
    return ENTRIES;
  }

  /** Returns the entry of a part's key, if there is one. */
  public static Optional<CatalogueEntry> of(String key) {
    return ENTRIES.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }

  /** Returns every part's key. */
  public static List<String> keys() {
    return ENTRIES.stream().map(CatalogueEntry::key).toList();
  }

  /** Returns the key of every mode that some part has, each once. */
  public static List<String> modes() {
    return ENTRIES.stream().flatMap(entry -> entry.modes().stream()).distinct().toList();
  }

  /** Returns the key of every model that some entry has, each once. */
  public static List<String> models() {
    return ENTRIES.stream().flatMap(entry -> entry.models().stream()).distinct().toList();
  }

  /** Returns the key of every gas that some part's cell can measure, each once. */
  public static List<String> gases() {
    return ENTRIES.stream().flatMap(entry -> entry.gases().keySet().stream()).distinct().toList();
  }

  /** Returns the key of the first part with an identification, if that part has a driver. */
  static Optional<String> driverOf(PartIdentification identification) {
    return ENTRIES.stream()
        .filter(entry -> entry.wiring().identification().equals(Optional.of(identification)))
        .map(CatalogueEntry::key)
        .findFirst();
  }

  /**
   * Returns the identification of each part that may be at an I2C address, each once, including
   * parts that have no driver.
   */
  public static List<PartIdentification> identificationsAt(int address) {
    Stream<PartIdentification> catalogued =
        ENTRIES.stream()
            .filter(entry -> entry.wiring().addresses().contains(address))
            .flatMap(entry -> entry.wiring().identification().stream())
            .distinct();
    boolean hasRelatives = Bme280Entry.ENTRY.wiring().addresses().contains(address);
    return Stream.concat(catalogued, hasRelatives ? Bme280Entry.RELATIVES.stream() : Stream.empty())
        .toList();
  }
}
