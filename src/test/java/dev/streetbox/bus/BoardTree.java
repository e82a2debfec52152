package dev.streetbox.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file system's root for a test, with files as the kernel provides them. */
public final class BoardTree {
  private final Path root;

  public BoardTree(Path root) {
    this.root = root;
  }

  /** Writes a file with a text and a line end. */
  public BoardTree write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
    return this;
  }

  public KernelFiles kernelFiles() {
    return new KernelFiles(root);
  }
}
