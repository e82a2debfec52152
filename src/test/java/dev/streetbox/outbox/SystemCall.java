package dev.streetbox.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that a process did to the files of a folder, or said, in the order it did.
 *
 * @param kind what
 * @param file the file's name within the folder; empty for the folder itself and for words
 * @param to the new name, of a rename
 * @param offset where it wrote, or the new length, in bytes
 * @param data what it wrote
 */
record SystemCall(Kind kind, String file, String to, long offset, ByteBuffer data) {
  enum Kind {
    CREATE,
    WRITE,
    TRUNCATE,
    SYNC,
    RENAME,
    UNLINK,
    SAY
  }

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);
  private static final Pattern CALL = Pattern.compile("\\d+ +(\\w+)\\((.*)\\) += (\\d+).*");
  private static final Pattern HALF = Pattern.compile("(\\d+) +(.*) <unfinished \\.\\.\\.>");
  private static final Pattern REST = Pattern.compile("(\\d+) +<\\.\\.\\. \\w+ resumed>(.*)");
  private static final Pattern TEXT = Pattern.compile("[<\"]((?:\\\\x[0-9a-f]{2})*)[>\"]");

  /** Returns the arguments of strace that record a process, its calls in that file. */
  static List<String> recorder(Path trace) {
    return List.of(
        "--follow-forks",
        "--seccomp-bpf",
        "--quiet=all",
        "--decode-fds=path",
        "--strings-in-hex=all",
        "--string-limit=1000000",
        "--trace=openat,pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink",
        "--output=" + trace);
  }

  /** The calls of a recording that concern the folder, and every word on standard output. */
  static List<SystemCall> read(Path trace, Path folder) throws IOException {
    Map<String, String> halves = new HashMap<>();
    List<SystemCall> calls = new ArrayList<>();
    for (String line : Files.readAllLines(trace, StandardCharsets.US_ASCII)) {
      Matcher half = HALF.matcher(line);
      Matcher rest = REST.matcher(line);
      if (half.matches()) {
        halves.put(half.group(1), half.group(2));
      } else {
        String whole =
            rest.matches()
                ? rest.group(1) + " " + halves.remove(rest.group(1)) + rest.group(2)
                : line;
        Matcher call = CALL.matcher(whole);
        if (call.matches()) {
          parse(call.group(1), call.group(2), folder, calls);
        }
      }
    }
    return calls;
  }

  private static void parse(String name, String args, Path folder, List<SystemCall> calls) {
    List<String> texts = new ArrayList<>();
    Matcher text = TEXT.matcher(args);
    while (text.find()) {
      texts.add(text.group(1));
    }
    // With openat the first text is the working directory, with the others the file.
    Optional<String> file = within(folder, texts.get(name.equals("openat") ? 1 : 0));
    if (name.equals("write") && args.startsWith("1<")) {
      calls.add(new SystemCall(Kind.SAY, "", "", 0, bytes(texts.get(1))));
    }
    if (file.isEmpty()) {
      return;
    }
    switch (name) {
      case "openat" -> {
        if (args.contains("O_CREAT")) {
          calls.add(new SystemCall(Kind.CREATE, file.get(), "", 0, NONE));
        }
        if (args.contains("O_TRUNC")) {
          calls.add(new SystemCall(Kind.TRUNCATE, file.get(), "", 0, NONE));
        }
      }
      case "pwrite64" ->
          calls.add(
              new SystemCall(Kind.WRITE, file.get(), "", lastNumber(args), bytes(texts.get(1))));
      // Only files that are written in one go, from the beginning, are written without an offset.
      case "write" -> calls.add(new SystemCall(Kind.WRITE, file.get(), "", 0, bytes(texts.get(1))));
      case "fsync", "fdatasync" -> calls.add(new SystemCall(Kind.SYNC, file.get(), "", 0, NONE));
      case "ftruncate" ->
          calls.add(new SystemCall(Kind.TRUNCATE, file.get(), "", lastNumber(args), NONE));
      case "rename" ->
          calls.add(
              new SystemCall(
                  Kind.RENAME, file.get(), within(folder, texts.get(1)).orElseThrow(), 0, NONE));
      case "unlink" -> calls.add(new SystemCall(Kind.UNLINK, file.get(), "", 0, NONE));
      default -> throw new IllegalStateException(name);
    }
  }

  private static Optional<String> within(Path folder, String hexPath) {
    String path = StandardCharsets.UTF_8.decode(bytes(hexPath)).toString();
    if (path.equals(folder.toString())) {
      return Optional.of("");
    }
    return path.startsWith(folder + "/")
        ? Optional.of(path.substring(folder.toString().length() + 1))
        : Optional.empty();
  }

  private static long lastNumber(String args) {
    return Long.parseLong(args.substring(args.lastIndexOf(' ') + 1));
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace("\\x", "")));
  }

  /** What it said, empty if it did something else. */
  String words() {
    return kind != Kind.SAY
        ? ""
        : StandardCharsets.US_ASCII.decode(data.duplicate()).toString().strip();
  }
}
