package dev.streetbox.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel tells in small files, as those of {@code /sys} and {@code /run}. What cannot be
 * read is not told: another board, another kernel.
 *
 * @param root the file system's root
 */
record KernelFiles(Path root) {
  /** The place of an absolute path. */
  Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  /** A file's text without the line's end. */
  Optional<String> text(String absolute) {
    return text(path(absolute));
  }

  /** The same of a file that was found. */
  static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What lies in a folder under names of a form, as {@code mmcblk*}, in order of name. */
  List<Path> list(String folder, String form) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder), form)) {
      entries.forEach(found::add);
    } catch (IOException e) {
      return List.of();
    }
    Collections.sort(found);
    return found;
  }

  /** A whole number that a file holds, in decimal. */
  static Optional<Long> number(Path file) {
    return text(file).filter(text -> text.matches("-?\\d{1,18}")).map(Long::parseLong);
  }
}
