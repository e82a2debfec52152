package dev.streetbox.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page that the installed program exports in a real browser. */
class PageIT {

  @TempDir Path dir;
  private Path page;

  @BeforeEach
  void export() throws IOException {
    Path data = dir.resolve("data");
    RideStore.add(data, 2400, RideStore.NOON_MS, 600);
    RideStore.add(data, 1200, RideStore.NOON_MS + 86_400_000, 0);
    Path config =
        Files.writeString(
            dir.resolve("streetbox.toml"),
            "[box]\nid = \"sb-0042\"\ndata_dir = \"" + data + "\"\n");
    page = dir.resolve("ride.html");
    try (ChildProcess export =
        ChildProcess.start(
            dir,
            Program.STREETBOX,
            "outbox",
            "export",
            "--config",
            config.toString(),
            "--format",
            "html",
            "--quantity",
            "pm25_ugm3",
            "-o",
            page.toString())) {
      assertEquals(0, export.await(60), export.errors());
    }
  }

  /** Opens the page in a browser without network services and returns the browser's output. */
  private List<String> browse(String fragment, String... more) throws IOException {
    return browseIn("UTC", fragment, more);
  }

  /** Opens the page as {@link #browse} does, in a time zone. */
  private List<String> browseIn(String zone, String fragment, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "TZ=" + zone,
                Program.CHROMIUM.executable(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--user-data-dir=" + Files.createTempDirectory(dir, "browser"),
                "--virtual-time-budget=5000"));
    command.addAll(List.of(more));
    command.add(page.toUri() + fragment);
    try (ChildProcess browser =
        ChildProcess.start(dir, Program.ENV, command.toArray(String[]::new))) {
      assertEquals(0, browser.await(60), browser.errors());
      return browser.lines();
    }
  }

  @Test
  void thePageShowsTheSummaryOfTheRide() throws IOException {
    String dom = String.join("\n", browse("#2/100", "--dump-dom"));
    assertTrue(dom.contains("data-rendered=\"3600\""), dom.substring(0, 300));
    assertFalse(dom.contains("data-error"), dom.substring(0, 300));
    for (String words :
        List.of(
            "<h1 id=\"title\">Box sb-0042</h1>",
            "2026-11-23 12:00:01 to 2026-11-24 12:20:00 UTC",
            "<dt>rows</dt><dd>3,600<small>none missing while it was on</small>",
            "2 boots",
            "energy mean, max ",
            "<td>gnss_private</td><td>120</td>",
            "boot 2, row 100",
            "2026-11-24 12:01:40 UTC")) {
      assertTrue(dom.contains(words), words + " is not on the page");
    }
  }

  @Test
  void theTrackIsDrawnInColourOnALargeAndOnASmallWindow() throws IOException {
    for (String window : List.of("1280,900", "390,844")) {
      Path shot = dir.resolve("shot-" + window + ".png");
      List<String> unused = browse("", "--window-size=" + window, "--screenshot=" + shot);
      BufferedImage image = ImageIO.read(shot.toFile());
      assertEquals(window, image.getWidth() + "," + image.getHeight());
      int green = near(image, 34, 168, 132);
      int yellow = near(image, 253, 231, 37);
      assertTrue(green > 100 && yellow > 50, window + ": " + green + ", " + yellow);
    }
  }

  /** Uses the page as hands do, and writes down what it then shows. */
  private static final String HANDS =
      """
      <script>
      const say = (words) => document.body.append(make('p', words));
      const change = (id, value) => {
        byId(id).value = value;
        byId(id).dispatchEvent(new Event('change'));
      };
      change('range', 'fixed');
      say('legend: ' + byId('legend').textContent);
      change('range', '');
      say('own legend: ' + byId('legend').textContent);
      const finger = (kind, pointerId, clientX) =>
        byId('main').dispatchEvent(
          new PointerEvent(kind, {pointerId, pointerType: 'touch', clientX, bubbles: true}));
      const middle = byId('main').clientWidth / 2;
      finger('pointerdown', 1, middle - 30);
      finger('pointerdown', 2, middle + 30);
      finger('pointermove', 1, middle - 60);
      finger('pointermove', 2, middle + 60);
      say('rows after two fingers: ' + (to - from > 1500 && to - from < 2100 ? 'half' : to - from));
      zoom(0, COUNT);
      say('axis: ' + curve.peaked);
      COLUMN[choice.key][100] = 100000;
      draw();
      say('axis with a peak: ' + curve.peaked + (curve.high < 1000));
      const first = LAT.findIndex((lat) => !Number.isNaN(lat));
      const other = LAT.findIndex((lat, i) => Math.abs(lat - LAT[first]) > 0.001);
      const metres = Math.abs(LAT[other] - LAT[first]) * 111320;
      const bar = parseFloat(track.bar[1]) * (track.bar[1].endsWith('km') ? 1000 : 1);
      const drawn = (Math.abs(track.y(other) - track.y(first)) * bar) / track.bar[0];
      say('scale bar: ' + (Math.abs(drawn / metres - 1) < 0.002));
      say('cut: ' + (document.documentElement.scrollWidth > innerWidth));
      </script>
      </body>
      """;

  @Test
  void scaleFingersAndAxisDoWhatTheyAreForAlsoOnATelephone() throws IOException {
    Files.writeString(page, Files.readString(page).replace("</body>", HANDS));
    for (String window : List.of("1280,900", "390,844")) {
      String dom = String.join("\n", browse("", "--window-size=" + window, "--dump-dom"));
      for (String words :
          List.of(
              "<p>legend: PM2.5  ≤ 0.0≥ 75.0\u202fµg/m³scale: GB 3095, 24 h",
              "<p>rows after two fingers: half</p>",
              "<p>axis: false</p>",
              "<p>axis with a peak: truetrue</p>",
              "<p>scale bar: true</p>",
              "<p>cut: false</p>")) {
        assertTrue(
            dom.contains(words), window + ": " + words + " is not on the page:\n" + said(dom));
      }
      assertFalse(said(dom).contains("own legend: PM2.5  ≤ 0.0≥ 75.0"), said(dom));
    }
  }

  @Test
  void timesAreThoseOfTheReadersZoneOrOfUtc() throws IOException {
    String utc =
        """
        <script>
        document.body.append(make('p', 'local: ' + byId('title').parentNode.textContent));
        byId('zone').value = 'utc';
        byId('zone').dispatchEvent(new Event('change'));
        document.body.append(make('p', 'utc: ' + byId('title').parentNode.textContent));
        </script>
        </body>
        """;
    Files.writeString(page, Files.readString(page).replace("</body>", utc));
    String dom = said(String.join("\n", browseIn("Asia/Shanghai", "", "--dump-dom")));
    String[] times = dom.split("<p>utc: ", -1);
    assertTrue(
        times[0].contains("2026-11-23 20:00:01 to 2026-11-24 20:20:00 Asia/Shanghai"), times[0]);
    assertTrue(times[1].contains("2026-11-23 12:00:01 to 2026-11-24 12:20:00 UTC"), times[1]);
  }

  private static String said(String dom) {
    return dom.substring(dom.lastIndexOf("</script>"));
  }

  /** Returns the number of pixels close to a colour; the legend alone has some of each. */
  private static int near(BufferedImage image, int red, int green, int blue) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = image.getRGB(x, y);
        int away =
            Math.abs((pixel >> 16 & 0xff) - red)
                + Math.abs((pixel >> 8 & 0xff) - green)
                + Math.abs((pixel & 0xff) - blue);
        count += away < 30 ? 1 : 0;
      }
    }
    return count;
  }
}
