package dev.streetbox.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the street map in a real browser, with files as deploy/backend/map/export writes them. */
class MapIT {
  /** The colours of the highest band on a light and on a dark page, as map.css has them. */
  private static final int HIGHEST_RGB = 0x00224e;

  private static final int HIGHEST_ON_DARK_RGB = 0xfee838;

  @TempDir Path dir;
  private DeskBroker broker;
  private Chromium browser;

  @BeforeEach
  void start() throws IOException {
    broker = new DeskBroker(dir);
    browser = new Chromium(dir);
    write(
        "index.json",
        """
        {"v":1,"made":1795420800000,"zone":"Asia/Shanghai","sizes":[30,50],"min_passes":3,"min_boxes":2,
        "quantities":[{"key":"pm25_ugm3","unit":"µg/m³","decimals":1},{"key":"laeq_db","unit":"dB","decimals":1},
        {"key":"voc_index","unit":"","decimals":0}]}\
        """);
    write("cells/50/pm25_ugm3/all.json", street(10, 90));
    write(
        "cells/50/pm25_ugm3/8.json",
        "{\"v\":1,\"cells\":[[40.07,116.32,{\"all\":[80.5,9,3],\"1\":[90.25,4,2]}]]}");
    write("cells/50/laeq_db/all.json", street(52, 74));
    write("cells/50/laeq_db/23.json", "{\"v\":1,\"cells\":[[40.07,116.32,{\"all\":[52,5,2]}]]}");
    write("cells/50/voc_index/all.json", street(80, 200));
    fleet(40.07, 116.3175);
  }

  /** Publishes two boxes in two parts; the first has this place. */
  private void fleet(double lat, double lon) throws IOException {
    long now = System.currentTimeMillis();
    broker.publishFleet(
        0,
        "{\"v\":1,\"made\":%1$d,\"boxes\":[{\"box\":\"sb-0042\",\"online\":true,\"version\":\"0.2.0\",\"calibration\":\"c-17\",\"calibrated\":\"2024-05-01\",\"last\":%1$d,\"faults\":[\"pm: no answer <b>\"],\"place\":[%2$.5f,%3$.5f,%1$d]}]}"
            .formatted(now, lat, lon));
    broker.publishFleet(
        1,
        "{\"v\":1,\"made\":%d,\"boxes\":[{\"box\":\"sb-0043\",\"online\":false,\"version\":\"0.2.0\",\"calibration\":\"none\",\"simulated\":true,\"last\":1795420800000,\"faults\":[],\"place\":null}]}"
            .formatted(now));
  }

  private static void logIn(Page page, String password) throws IOException {
    page.await("!document.querySelector('#login').hidden");
    String unused = page.value("document.querySelector('#user').value = 'desk'");
    String unusedToo = page.value("document.querySelector('#password').value = ''");
    page.type("#password", password);
    page.click("#login button");
  }

  @AfterEach
  void end() {
    browser.close();
    broker.close();
  }

  private void write(String name, String body) throws IOException {
    Path file = broker.web().resolve("map/data").resolve(name);
    Files.createDirectories(file.getParent());
    Path unused = Files.writeString(file, body);
  }

  /** Returns cells of 50 m along two streets; the values rise from one end to the other. */
  private static String street(double from, double to) {
    SplittableRandom random = new SplittableRandom(7);
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double median = from + (to - from) * i / 59 + random.nextDouble();
      double lat = i % 2 == 0 ? 40.07 : 40.066 + i * 0.00015;
      double lon = i % 2 == 0 ? 116.31 + i * 0.0003 : 116.32;
      cells.add(
          "[%.6f,%.6f,{\"all\":[%.1f,%d,%d]}]".formatted(lat, lon, median, 3 + i % 5, 2 + i % 3));
    }
    return "{\"v\":1,\"cells\":[" + String.join(",", cells) + "]}";
  }

  private Page open() throws IOException {
    Page page = browser.open(broker.page("map/"));
    page.await("document.body.dataset.drawn === 'cells/50/pm25_ugm3/all.json all'");
    return page;
  }

  private static void choose(Page page, String select, String value) throws IOException {
    String unused =
        page.value(
            "(() => { const s = document.querySelector('#%s'); s.value = '%s'; s.dispatchEvent(new Event('change')); })()"
                .formatted(select, value));
  }

  @Test
  void cellsAreChosenByQuantityHourAndWeekday() throws IOException {
    Page page = open();
    page.awaitText("#said", "60 cells");
    page.awaitText("#legend", "WHO global air quality guidelines 2021");
    choose(page, "hour", "8");
    page.awaitText("#said", "1 cells, 9 passes");
    choose(page, "day", "1");
    page.awaitText("#said", "1 cells, 4 passes");
    page.click("#highest summary");
    page.click("#highest button");
    page.awaitText("#picked", "90.3 µg/m³: median of 4 passes of 2 boxes, at 40.07000, 116.32000.");
    choose(page, "day", "2");
    page.awaitText("#said", "0 cells");
    choose(page, "hour", "3");
    page.awaitText("#said", "0 cells");
  }

  @Test
  void theLegendFollowsTheLimitsOfDayAndNight() throws IOException {
    Page page = open();
    choose(page, "quantity", "laeq_db");
    page.awaitText("#legend", "to 70: class 4");
    page.awaitText("#legend", "GB 3096-2008, limits by class, day");
    choose(page, "hour", "23");
    page.awaitText("#legend", "to 55: classes 3 and 4a\n1"); // One cell of 52 dB.
    page.awaitText("#legend", "night (22:00 to 06:00)");
    choose(page, "hour", "all");
    choose(page, "quantity", "voc_index");
    page.awaitText("#legend", "no published limits");
  }

  @Test
  void theFleetShowsWhatEachBoxNeedsToThoseWhoLogIn() throws IOException {
    Page page = open();
    logIn(page, "wrong");
    page.awaitText("#refused", "wrong user name or password");
    assertEquals("", page.text("#fleet"), "no box without a login");
    assertEquals("0", page.value("document.querySelectorAll('.leaflet-boxes-pane path').length"));
    logIn(page, "desk");
    page.awaitText("#fleet-said", "2 boxes, 1 online");
    page.awaitText("#fleet", "pm: no answer <b>, calibration due");
    page.awaitText("#fleet", "sb-0043 (simulated)");
    page.awaitText("#fleet", "not calibrated");
    page.awaitText("#fleet-said", page.value("Intl.DateTimeFormat().resolvedOptions().timeZone"));
    assertEquals("0", page.value("document.querySelectorAll('#fleet b').length"));
    page.await("document.querySelectorAll('.leaflet-boxes-pane path').length === 1");
    page.click("#fleet button");
    page.awaitText(".leaflet-tooltip", "sb-0042");
    String before =
        page.value("document.querySelector('.leaflet-boxes-pane path').getAttribute('d')");
    fleet(40.0705, 116.3175);
    page.await(
        "document.querySelector('.leaflet-boxes-pane path').getAttribute('d') !== '"
            + before
            + "'");
    page.reload();
    page.awaitText("#fleet-said", "2 boxes, 1 online"); // The tab keeps the login.
    page.click("#logout");
    page.await("document.querySelectorAll('.leaflet-boxes-pane path').length === 0");
    assertEquals("", page.text("#fleet"));
  }

  @Test
  void roadSegmentsAreShownInsteadOfCellsWhereThereAreSome() throws IOException {
    write(
        "index.json",
        """
        {"v":1,"made":1795420800000,"zone":"Asia/Shanghai","sizes":[0,30,50],"min_passes":3,"min_boxes":2,
        "quantities":[{"key":"pm25_ugm3","unit":"µg/m³","decimals":1}]}\
        """);
    write(
        "cells/0/pm25_ugm3/all.json",
        "{\"v\":1,\"cells\":[[7,0,{\"all\":[80.5,9,3]}],[8,0,{\"all\":[20,3,2]}]]}");
    write(
        "segments.json",
        "{\"v\":1,\"segments\":{\"7\":[\"Long"
            + " <i>Street\",[[40.07,116.32],[40.0704,116.32]]],\"8\":[null,[[40.0704,116.32],[40.0704,116.3205]]]}}");
    Page page = browser.open(broker.page("map/"));
    page.awaitText("#said", "2 road segments, 12 passes");
    page.click("#highest summary");
    page.click("#highest button");
    page.awaitText("#picked", "80.5 µg/m³: median of 9 passes of 3 boxes, on Long <i>Street.");
    choose(page, "size", "50");
    page.awaitText("#said", "60 cells");
  }

  @Test
  void noFileThatIsServedNamesABox() throws IOException {
    Page page = open();
    assertEquals("404", page.value("(await fetch('data/fleet.json')).status"));
  }

  @Test
  void cellsHaveTheColourOfTheirBandAndTheSizeOfTheirSide() throws IOException {
    Page page = open();
    logIn(page, "desk");
    page.awaitText("#fleet-said", "2 boxes, 1 online");
    assertEquals(
        "0,0,1,2,3,4,5",
        page.value("[0, 15, 15.1, 30, 50, 75, 76].map((v) => bandOf(PM25.limits, v)).join()"));
    assertEquals(
        "50.0,50.0",
        page.value(
            """
            (() => {
              const at = {lat: 40.07, lon: 116.32};
              const box = L.latLngBounds(new CellMap(document.createElement('div'), {}, () => {}).bounds(at, 50));
              const m = (a, b) => L.CRS.Earth.distance(L.latLng(a), L.latLng(b));
              const north = m([box.getSouth(), at.lon], [box.getNorth(), at.lon]);
              const east = m([at.lat, box.getWest()], [at.lat, box.getEast()]);
              return north.toFixed(1) + ',' + east.toFixed(1);
            })()\
            """));
    for (String look :
        List.of("1280,860,light", "390,844,light", "1280,860,dark", "390,844,dark")) {
      String[] words = look.split(",", -1);
      page.look(Integer.parseInt(words[0]), Integer.parseInt(words[1]), words[2].equals("dark"));
      page.await("innerWidth === " + words[0]);
      page.await("document.querySelector('#map canvas').clientWidth > 300");
      String unused = page.value("document.querySelector('main').scrollTop = 0");
      assertEquals(words[0], page.value("document.documentElement.scrollWidth"), "no scrolling");
      Path shots = Files.createDirectories(Path.of("target/screenshots"));
      Path shot = shots.resolve("map-" + look.replace(',', '-') + ".png");
      page.screenshot(shot);
      int colour = words[2].equals("dark") ? HIGHEST_ON_DARK_RGB : HIGHEST_RGB;
      int pixels = count(ImageIO.read(shot.toFile()), colour);
      assertTrue(pixels > 400, look + ": " + pixels + " pixels, so that no cell was drawn");
    }
  }

  private static int count(BufferedImage image, int rgb) {
    int found = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = image.getRGB(x, y);
        int away =
            Math.abs((pixel >> 16 & 0xff) - (rgb >> 16 & 0xff))
                + Math.abs((pixel >> 8 & 0xff) - (rgb >> 8 & 0xff))
                + Math.abs((pixel & 0xff) - (rgb & 0xff));
        found += away < 60 ? 1 : 0;
      }
    }
    return found;
  }

  @Test
  void withoutFilesThePageSaysWhereCellsComeFrom() throws IOException {
    Files.delete(broker.web().resolve("map/data/index.json"));
    Page page = browser.open(broker.page("map/"));
    page.awaitText("#fault", "There are no cells yet");
    logIn(page, "desk");
    page.awaitText("#fleet-said", "2 boxes");
  }
}
