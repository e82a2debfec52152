package dev.streetbox.bus;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads small files of the kernel, as those of {@code /sys} and {@code /run}. A file that cannot be
 * read gives no value, because boards and kernels differ in the files that they have.
 *
 * @param root the file system's root
 */
public record KernelFiles(Path root) {
  /** Returns the path below the root that an absolute path names. */
  public Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  /** Returns the text of a file by its absolute path, without white space around it. */
  public Optional<String> text(String absolute) {
    return text(path(absolute));
  }

  /** Returns the text of a file, without white space around it. */
  public static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the entries of a folder that match a glob, as {@code mmcblk*}, in order of name. */
  public List<Path> list(String folder, String glob) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder), glob)) {
      entries.forEach(found::add);
    } catch (IOException e) {
      return List.of();
    }
    Collections.sort(found);
    return found;
  }

  /** Returns the decimal whole number in a file. */
  public static Optional<Long> number(Path file) {
    return text(file).filter(text -> text.matches("-?\\d{1,18}")).map(Long::parseLong);
  }
}
