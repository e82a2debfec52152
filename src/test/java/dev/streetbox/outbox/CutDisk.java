package dev.streetbox.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A folder on a disk that loses its power: it remembers what was synced, and of the rest keeps what
 * chance keeps.
 *
 * <p>Modelled: what was written to a file and not synced may be there, not there, or there in some
 * sectors (of 512 or 4096 bytes) and not in others, each sector as it was after any of its writes,
 * so in any order; a file's new length may be there without its data, which is then zeros or
 * garbage. New names, renames and deletions keep their order and any number of the last ones may be
 * missing, unless the folder was synced; a sync of a file also keeps its name, as ext4, XFS, Btrfs
 * and F2FS do. The {@code -shm} file, which is memory to SQLite, is missing or garbage.
 *
 * <p>Not modelled: a disk that lies about a sync, or that damages sectors nobody wrote to.
 */
final class CutDisk {
  /** A file, whatever its name. */
  private static final class Node {
    private byte[] synced = new byte[0];
    private final List<SystemCall> unsynced = new ArrayList<>();

    void sync() {
      synced = content(unsynced.size(), Map.of(), 1 << 20, synced.length);
      unsynced.clear();
    }

    /** The file as chance has it. */
    byte[] content(SplittableRandom random) {
      int sector = random.nextBoolean() ? 512 : 4096;
      int lengthAt = random.nextInt(unsynced.size() + 1);
      Map<Long, Integer> until = new HashMap<>();
      int whim = random.nextInt(4);
      for (SystemCall call : unsynced) {
        for (long at = call.offset() / sector; at * sector < end(call); at++) {
          until.computeIfAbsent(
              at,
              s ->
                  switch (whim) {
                    case 0 -> 0;
                    case 1 -> unsynced.size();
                    default -> random.nextInt(unsynced.size() + 1);
                  });
        }
      }
      int fill = random.nextInt(4) == 0 ? random.nextInt(256) : 0;
      byte[] content = content(lengthAt, until, sector, synced.length);
      return fill == 0 ? content : filled(content, fill);
    }

    private byte[] filled(byte[] content, int fill) {
      for (int i = synced.length; i < content.length; i++) {
        content[i] = content[i] == 0 ? (byte) fill : content[i];
      }
      return content;
    }

    /** The file, as long as after that many calls, each sector as after its own number of them. */
    private byte[] content(int lengthAt, Map<Long, Integer> until, int sector, int before) {
      long length = before;
      long longest = before;
      for (int i = 0; i < unsynced.size(); i++) {
        SystemCall call = unsynced.get(i);
        boolean cut = call.kind() == SystemCall.Kind.TRUNCATE;
        longest = Math.max(longest, end(call));
        if (i < lengthAt) {
          length = cut ? call.offset() : Math.max(length, end(call));
        }
      }
      byte[] bytes = Arrays.copyOf(synced, (int) longest);
      for (int i = 0; i < unsynced.size(); i++) {
        SystemCall call = unsynced.get(i);
        ByteBuffer data = call.data();
        if (call.kind() == SystemCall.Kind.TRUNCATE) {
          Arrays.fill(bytes, (int) Math.min(call.offset(), longest), (int) longest, (byte) 0);
        }
        for (int at = 0; at < data.limit(); ) {
          long place = call.offset() + at;
          int run = (int) Math.min(data.limit() - at, sector - place % sector);
          if (i < until.getOrDefault(place / sector, Integer.MAX_VALUE)) {
            data.get(at, bytes, (int) place, run);
          }
          at += run;
        }
      }
      return Arrays.copyOf(bytes, (int) length);
    }

    private static long end(SystemCall call) {
      return call.offset() + call.data().limit();
    }
  }

  private final Map<String, Node> names = new TreeMap<>();
  private final Map<String, Node> syncedNames = new TreeMap<>();
  private final List<SystemCall> unsyncedNames = new ArrayList<>();
  private final List<Node> created = new ArrayList<>();

  /** The running program does this. */
  void apply(SystemCall call) {
    switch (call.kind()) {
      case CREATE -> {
        if (!names.containsKey(call.file())) {
          rename(call);
        }
      }
      case RENAME, UNLINK -> rename(call);
      case WRITE, TRUNCATE -> names.get(call.file()).unsynced.add(call);
      case SYNC -> sync(call.file());
      case SAY -> {
        // Words are not on this disk.
      }
      default -> throw new IllegalStateException(call.toString());
    }
  }

  private void rename(SystemCall call) {
    Node node = call.kind() == SystemCall.Kind.CREATE ? new Node() : names.get(call.file());
    unsyncedNames.add(call);
    created.add(node);
    change(names, call, node);
  }

  private static void change(Map<String, Node> in, SystemCall call, Node node) {
    switch (call.kind()) {
      case CREATE -> in.put(call.file(), node);
      case UNLINK -> in.remove(call.file());
      default -> {
        in.remove(call.file());
        in.put(call.to(), node);
      }
    }
  }

  private void sync(String file) {
    if (file.isEmpty()) {
      syncNames(unsyncedNames.size());
      return;
    }
    Node node = names.get(file);
    if (node != null) {
      node.sync();
      syncNames(created.lastIndexOf(node) + 1);
    }
  }

  private void syncNames(int count) {
    for (int i = 0; i < count; i++) {
      change(syncedNames, unsyncedNames.get(i), created.get(i));
    }
    unsyncedNames.subList(0, count).clear();
    created.subList(0, count).clear();
  }

  /** The power goes: what chance leaves is put into that folder. */
  void cut(SplittableRandom random, Path to) throws IOException {
    Files.createDirectories(to);
    Map<String, Node> left = new TreeMap<>(syncedNames);
    int kept = random.nextInt(unsyncedNames.size() + 1);
    for (int i = 0; i < kept; i++) {
      change(left, unsyncedNames.get(i), created.get(i));
    }
    for (Map.Entry<String, Node> file : left.entrySet()) {
      if (!file.getKey().endsWith("-shm")) {
        Files.write(to.resolve(file.getKey()), file.getValue().content(random));
      } else if (random.nextBoolean()) {
        byte[] garbage = new byte[32_768];
        random.nextBytes(garbage);
        Files.write(to.resolve(file.getKey()), garbage);
      }
    }
  }
}
