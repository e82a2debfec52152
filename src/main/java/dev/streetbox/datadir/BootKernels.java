package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps under which start of the kernel each boot ran, in file {@code kernels} of the data folder:
 * one line a boot, {@code 41 0f1e2d3c-…}, followed by {@code ended} if the boot ended in order and
 * could not be stored. A boot that was cut off while the same kernel ran on was not ended by a
 * power cut. Used by one thread.
 */
public final class BootKernels {
  /** Boots that are kept: more than are started before the next start declares their losses. */
  private static final int CAPACITY = 500;

  private static final String NAME = "kernels";
  private static final Pattern LINE = Pattern.compile("(\\d{1,10}) ([0-9a-f-]{1,64})( ended)?");

  /** The id that Linux draws at each start (random(4)); {@code -} stands for an unknown one. */
  private static final Path KERNEL_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private static final String UNKNOWN = "-";

  private record Entry(String kernel, boolean ended) {
    String line(int boot) {
      return boot + " " + kernel + (ended ? " ended" : "") + "\n";
    }
  }

  private final Path dataDir;
  private final String kernel;
  private final NavigableMap<Integer, Entry> entries = new TreeMap<>();
  private boolean isRead;

  /**
   * Reads nothing yet.
   *
   * @param kernel the id of the running kernel's start
   */
  public BootKernels(Path dataDir, String kernel) {
    this.dataDir = dataDir;
    this.kernel = kernel;
  }

  /** Uses the id of the kernel that runs; without one, no boot counts as one of this kernel. */
  public static BootKernels ofRunning(Path dataDir) {
    try {
      return new BootKernels(dataDir, Files.readString(KERNEL_ID).strip());
    } catch (IOException e) {
      return new BootKernels(dataDir, UNKNOWN);
    }
  }

  /** Returns whether this kernel has been running since before the boot began. */
  public boolean isOfThisKernel(int boot) {
    read();
    Entry entry = entries.get(boot);
    return entry != null && !kernel.equals(UNKNOWN) && entry.kernel().equals(kernel);
  }

  /** Returns whether a boot ended in order without being stored. */
  public boolean isEnded(int boot) {
    read();
    return entries.containsKey(boot) && entries.get(boot).ended();
  }

  /**
   * Notes that a boot runs under this kernel; durable when this returns.
   *
   * @throws IOException if the file cannot be written
   */
  public void begin(int boot) throws IOException {
    read();
    Entry entry = new Entry(kernel, false);
    if (!kernel.equals(UNKNOWN) && !entry.equals(entries.get(boot))) {
      put(boot, entry);
    }
  }

  /**
   * Notes that a boot ended in order and could not be stored; durable when this returns.
   *
   * @throws IOException if the file cannot be written
   */
  public void end(int boot) throws IOException {
    read();
    put(boot, new Entry(kernel, true));
  }

  private void put(int boot, Entry entry) throws IOException {
    NavigableMap<Integer, Entry> next = new TreeMap<>(entries);
    next.put(boot, entry);
    while (next.size() > CAPACITY) {
      next.pollFirstEntry();
    }
    PrivateFiles.folder(dataDir);
    PrivateFiles.replace(
        dataDir.resolve(NAME),
        next.entrySet().stream()
            .map(of -> of.getValue().line(of.getKey()))
            .collect(Collectors.joining()));
    entries.clear();
    entries.putAll(next);
  }

  /** Reads the file once; a boot without a valid line counts as one of another kernel. */
  private void read() {
    if (isRead) {
      return;
    }
    isRead = true;
    try {
      for (String line : Files.readAllLines(dataDir.resolve(NAME), StandardCharsets.ISO_8859_1)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches() && Long.parseLong(matcher.group(1)) <= Integer.MAX_VALUE) {
          entries.put(
              Integer.parseInt(matcher.group(1)),
              new Entry(matcher.group(2), matcher.group(3) != null));
        }
      }
    } catch (IOException e) {
      // The folder is new or cannot be read, so that no boot is known to be of this kernel.
    }
  }
}
