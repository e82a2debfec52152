package dev.streetbox.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system's root of a test's own, with what a kernel would tell in it. */
final class BoardTree {
  private final Path root;

  BoardTree(Path root) {
    this.root = root;
  }

  /** A file with that text. */
  BoardTree tells(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
    return this;
  }

  KernelFiles kernel() {
    return new KernelFiles(root);
  }
}
