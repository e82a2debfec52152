package dev.streetbox.part;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists the parts that this version drives. A new part is one entry and one line here. */
public final class Catalogue {
  /** In the order of the configuration's messages; where two share an address, of the questions. */
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

  /** Returns the entry of a part's key, if this version drives it. */
  public static Optional<CatalogueEntry> of(String key) {
    return ENTRIES.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }

  /** Returns every part's key. */
  public static List<String> keys() {
    return ENTRIES.stream().map(CatalogueEntry::key).toList();
  }

  /** Returns every mode in which some part can be asked. */
  public static List<String> modes() {
    return ENTRIES.stream().flatMap(entry -> entry.modes().stream()).distinct().toList();
  }

  /** Returns every gas that some part's cell can be for. */
  public static List<String> gases() {
    return ENTRIES.stream().flatMap(entry -> entry.gases().keySet().stream()).distinct().toList();
  }

  /** Returns how each part is recognised that may be at an I2C address, also if none drives it. */
  public static List<PartIdentification> identificationsAt(int address) {
    Stream<PartIdentification> driven =
        ENTRIES.stream()
            .filter(entry -> entry.wiring().addresses().contains(address))
            .flatMap(entry -> entry.wiring().identification().stream())
            .distinct();
    boolean hasRelatives = Bme280Entry.ENTRY.wiring().addresses().contains(address);
    return Stream.concat(driven, hasRelatives ? Bme280Entry.RELATIVES.stream() : Stream.empty())
        .toList();
  }
}
