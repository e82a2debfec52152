package dev.streetbox.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the contract's decoders in Python and in a browser on encoded batches. */
class DecodersIT {
  private static final Path CONTRACT = Path.of("deploy/contract").toAbsolutePath();
  private static final int RANDOM_BATCHES = 40;

  @TempDir private Path folder;

  private final List<String> batches = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();

  @BeforeEach
  void encode() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < RANDOM_BATCHES; i++) {
      add(RandomBatches.next(random));
    }
    add(BatchAtLimits.json().getBytes(StandardCharsets.UTF_8));
    batches.add(CompactItem.LATER_JSON);
    bodies.add(CompactItem.ofALaterProgram().body());
  }

  private void add(byte[] json) throws IOException {
    batches.add(new String(json, StandardCharsets.UTF_8));
    bodies.add(CompactEncoder.encode(json));
  }

  @Test
  void theDecoderInPythonPrintsTheJsonOfEachBatch() throws IOException {
    List<String> command = new ArrayList<>(List.of(CONTRACT + "/compact/decode.py"));
    for (int i = 0; i < bodies.size(); i++) {
      command.add(Files.write(folder.resolve(i + ".compact"), bodies.get(i)).toString());
    }
    try (ChildProcess python =
        ChildProcess.start(folder, Program.PYTHON3, command.toArray(String[]::new))) {
      assertEquals(0, python.await(60), python.errors());
      assertEquals(batches, python.lines());
    }
  }

  @Test
  void theDecoderInJavaScriptReturnsTheJsonOfEachBatch() throws IOException {
    StringBuilder page = new StringBuilder("<!doctype html><pre id=out></pre><script>\n");
    page.append(Files.readString(CONTRACT.resolve("compact/decode.js")));
    page.append("const {fields} = ")
        .append(Files.readString(CONTRACT.resolve("fields.json")))
        .append(";\nconst bodies = [");
    bodies.forEach(
        body -> page.append('"').append(Base64.getEncoder().encodeToString(body)).append("\",\n"));
    page.append(
        """
        ];
        (async () => {
          for (const body of bodies) {
            const bytes = Uint8Array.from(atob(body), (c) => c.charCodeAt(0));
            document.getElementById('out').append(await decode(bytes, fields) + '\\n');
          }
          document.getElementById('out').append('all decoded');
        })();
        </script>
        """);
    Path file = Files.writeString(folder.resolve("decode.html"), page);
    try (ChildProcess browser =
        ChildProcess.start(
            folder,
            Program.CHROMIUM,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--user-data-dir=" + Files.createTempDirectory(folder, "browser"),
            "--virtual-time-budget=10000",
            "--dump-dom",
            file.toUri().toString())) {
      assertEquals(0, browser.await(60), browser.errors());
      String dom = String.join("\n", browser.lines());
      String shown = dom.substring(dom.indexOf("id=\"out\">") + 9, dom.indexOf("all decoded"));
      assertEquals(batches, List.of(shown.split("\n", -1)).subList(0, batches.size()));
    }
  }

  @Test
  void eachDecoderHasFortyLinesAtMost() throws IOException {
    for (String name : List.of("decode.py", "decode.js")) {
      int lines = Files.readAllLines(CONTRACT.resolve("compact/" + name)).size();
      assertTrue(lines <= 40, name + " has " + lines);
    }
  }
}
