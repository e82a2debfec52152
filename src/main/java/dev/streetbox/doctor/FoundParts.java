package dev.streetbox.doctor;

import dev.streetbox.agent.PartsBench;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.CatalogueEntry;
import dev.streetbox.part.PartIdentification;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the parts on this machine's I2C buses and serial ports, and writes the sections {@code
 * [[sensor]]} of a configuration that has them. A serial part is found if it sends by itself, as a
 * new one does. Used by one thread, while no agent runs.
 */
public final class FoundParts {
  private static final List<String> SERIAL_PORTS = List.of("serial0", "ttyUSB", "ttyACM");

  /** Parts that send by themselves send at least every 2.3 s (Plantower in still air). */
  private static final Duration LISTENING = Duration.ofMillis(2_600);

  private static final Duration READ_WAIT = Duration.ofMillis(200);
  private static final int BAUD = 9_600;

  private final PartsBench bench;
  private final Path root;
  private final Time time;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Integer> names = new TreeMap<>();
  private int parts;

  /**
   * Finds nothing yet.
   *
   * @param bench makes the ports
   * @param root the file system's root
   */
  public FoundParts(PartsBench bench, Path root, Time time) {
    this.bench = bench;
    this.root = root;
    this.time = time;
  }

  /**
   * Scans every bus and listens at every port; a bus or a port that fails is a comment.
   *
   * @return the lines of a configuration
   * @throws IOException if /dev cannot be listed, or the thread was interrupted
   */
  public List<String> lines() throws IOException {
    for (String bus : buses()) {
      scan(bus);
    }
    for (String port : ports()) {
      listen(port);
    }
    return List.copyOf(lines);
  }

  /** Returns the number of parts in {@link #lines}. */
  public int parts() {
    return parts;
  }

  private List<String> buses() throws IOException {
    List<String> buses = new ArrayList<>(bench.simulatedBus().stream().toList());
    for (String name : devices()) {
      if (name.matches("i2c-\\d{1,3}")) {
        buses.add(name);
      }
    }
    return buses;
  }

  /** Returns the serial ports, each once, also if a link leads to it. */
  private List<String> ports() throws IOException {
    List<String> ports = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (String prefix : SERIAL_PORTS) {
      for (String name : devices()) {
        Path device = root.resolve("dev").resolve(name);
        if (name.startsWith(prefix) && Files.exists(device) && seen.add(device.toRealPath())) {
          ports.add(device.toString());
        }
      }
    }
    return ports;
  }

  private Set<String> devices() throws IOException {
    Path dev = root.resolve("dev");
    if (!Files.isDirectory(dev)) {
      return Collections.emptySet();
    }
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dev)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    return names;
  }

  private void scan(String bus) throws IOException {
    try {
      BusScan scan = new BusScan(address -> bench.i2cPort(bus, address), time);
      for (Map.Entry<Integer, BusScan.Found> found : scan.parts().entrySet()) {
        add(bus, found.getKey(), found.getValue());
      }
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      lines.add("# " + bus + ": " + e.getMessage());
    } finally {
      bench.release(bus);
    }
  }

  private void add(String bus, int address, BusScan.Found found) {
    List<String> drivers = found.part().map(FoundParts::drivers).orElse(List.of());
    if (drivers.isEmpty()) {
      lines.add(
          "# %s 0x%02x: %s, for which there is no driver".formatted(bus, address, found.label()));
      return;
    }
    section(drivers.get(0));
    if (drivers.size() > 1) {
      lines.add(
          "# or driver = \"" + String.join("\" or \"", drivers.subList(1, drivers.size())) + "\"");
    }
    lines.add("bus = \"" + bus + "\"");
    lines.add("address = 0x%02x".formatted(address));
  }

  /** Returns the drivers of the parts with an identification. */
  private static List<String> drivers(PartIdentification identification) {
    return Catalogue.entries().stream()
        .filter(entry -> entry.wiring().identification().filter(identification::equals).isPresent())
        .map(CatalogueEntry::key)
        .toList();
  }

  private void section(String driver) {
    int number = names.merge(driver, 1, Integer::sum);
    parts++;
    lines.add("[[sensor]]");
    lines.add("name = \"" + driver + (number == 1 ? "" : "-" + number) + "\"");
    lines.add("driver = \"" + driver + "\"");
  }

  private void listen(String device) throws IOException {
    SerialPort port = bench.serialPort(device, BAUD);
    try {
      port.open();
      byte[] buffer = new byte[512];
      StringBuilder heard = new StringBuilder();
      long endMs = time.tickMs() + LISTENING.toMillis();
      while (time.tickMs() < endMs && driver(heard).isEmpty()) {
        int count = port.read(buffer, READ_WAIT);
        for (int i = 0; i < count; i++) {
          heard.append((char) (buffer[i] & 0xff));
        }
      }
      String driver = driver(heard);
      if (driver.isEmpty()) {
        lines.add("# " + device + ": no part sends by itself at 9600 baud");
      } else if (driver.equals("gnss")) {
        lines.add("# " + device + ": a GNSS receiver, which gpsd reads");
      } else {
        section(driver);
        lines.add("port = \"" + device + "\"");
        if (driver.equals("ze03")) {
          lines.add("# gas = \"co\"  # the gas on its label");
        }
      }
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      lines.add("# " + device + ": " + e.getMessage());
    } finally {
      port.close();
    }
  }

  /** Returns the driver of the part that begins its frames so; empty if none does. */
  static String driver(CharSequence heard) {
    String text = heard.toString();
    if (text.contains("BM\0\u001c") || text.contains("BM\0\u0014") || text.contains("BM\0$")) {
      return "pms5003";
    }
    if (text.contains("\u00aa\u00c0")) {
      return "sds011";
    }
    if (text.contains("\u00ff\u0086")) {
      return "ze03";
    }
    return text.contains("$GP") || text.contains("$GN") ? "gnss" : "";
  }
}
