package dev.streetbox.config;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Writes configuration files in which one setting has an extreme or a random value. */
public final class SettingLines {
  /** Sections of sensors, so that each setting of a sensor has a part that takes it. */
  private static final List<String> SENSORS =
      List.of(
          "driver = \"sht4x\"\nbus = \"sim\"\n",
          "driver = \"sen0232\"\nbus = \"sim\"\nadc = \"ads1115\"\n",
          "driver = \"microphone\"\nbus = \"sim\"\npart = \"ics43434\"\n",
          "driver = \"multigas\"\nbus = \"sim\"\ngas = \"h2s\"\n",
          "driver = \"sht4x\"\nbus = \"i2c-119\"\n",
          "driver = \"microphone\"\npart = \"ics43434\"\ndevice = \"hw:9,0\"\n",
          "driver = \"pms5003\"\nport = \"/dev/serial0\"\n");

  private static final List<String> EXTREME_TEXTS =
      List.of(
          "",
          " ",
          ":",
          ":0",
          ":1",
          "h:",
          "h:0",
          "h:65535",
          "h:65536",
          "h:-1",
          "h:99999",
          "h:99999999999",
          "[::1]:2947",
          "[::1]:",
          "[fe80::1%25eth0]:1",
          "[:1",
          "%:1",
          "ä:1",
          "mqtt://",
          "mqtt://:",
          "mqtt://:0",
          "mqtt://:1883",
          "mqtt://h",
          "mqtt://h:",
          "mqtt://h:0",
          "mqtt://h:65535",
          "mqtt://127.0.0.1:99999",
          "mqtts://[::1]",
          "mqtts://[::1]:0",
          "mqtt:",
          "mqtt:h:1",
          "/",
          "//",
          "/\u0080",
          "/ä\u20ac",
          "/\ud83d\ude00",
          "\ufffe",
          "\u0085",
          "\u202e",
          "/dev/null",
          "/proc/self/mem",
          "GMT+18:00",
          "UTC+19",
          "999999999d",
          "999999999GB",
          "/" + "x".repeat(5_000),
          "a" + "/a".repeat(20_000),
          "x".repeat(70_000));

  private static final List<String> EXTREME_VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "2147483648",
          "nan",
          "-inf",
          "inf",
          "1e308",
          "-0.0",
          "5e-324",
          "true",
          "[]",
          "[\"\"]",
          "{}",
          "1979-05-27",
          "07:32:00",
          "\"\\uD800\"",
          "\"\"\"\n\"\"\"",
          "");

  private static final String ALPHABET =
      "azAZ09-_ /:@%[]{}\"'\\.,#+$\u0000\u001b\n\u0085\u202eä\ufffe";

  private static final Pattern WORDS = Pattern.compile("[ ,:]+");

  private SettingLines() {}

  /**
   * Returns one file for each setting with a random value, or with each extreme value.
   *
   * @param folder the folder of the box's data
   * @param extremes whether extreme values are wanted
   */
  public static List<String> files(String folder, SplittableRandom random, boolean extremes) {
    List<String> files = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      List<String> values = extremes ? extremes(setting) : List.of(random(setting, random));
      for (String value : values) {
        if (setting.section() == Section.SENSOR) {
          SENSORS.forEach(sensor -> files.add(file(folder, setting, value, sensor)));
        } else {
          files.add(file(folder, setting, value, SENSORS.get(0)));
        }
      }
    }
    return files;
  }

  private static List<String> extremes(Setting setting) {
    List<String> values = new ArrayList<>(EXTREME_VALUES);
    EXTREME_TEXTS.forEach(text -> values.add(quoted(text)));
    WORDS
        .splitAsStream(setting.type().form())
        .forEach(
            word -> {
              values.add(word);
              values.add(quoted(word));
            });
    values.add(setting.example().replaceFirst(".*? = ", ""));
    return values;
  }

  private static String random(Setting setting, SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    if (random.nextBoolean()) {
      text.append(setting.type().example());
    }
    int edits = 1 + random.nextInt(12);
    for (int edit = 0; edit < edits; edit++) {
      int at = random.nextInt(text.length() + 1);
      if (text.length() > at && random.nextInt(3) == 0) {
        text.deleteCharAt(at);
      } else {
        text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
    }
    return random.nextInt(4) == 0 ? text.toString() : quoted(text.toString());
  }

  private static String file(String folder, Setting setting, String value, String sensor) {
    StringBuilder text = new StringBuilder();
    for (Section section : Section.values()) {
      String lines =
          switch (section) {
            case BOX ->
                "id = \"sb-1\"\ndata_dir = \"%s/data\"\nrun_dir = \"%s/run\"\n"
                    .formatted(folder, folder);
            case SENSOR -> sensor;
            case ZONE -> "name = \"home\"\nlat = 40.0\nlon = 116.0\n";
            case MQTT -> "broker = \"mqtts://b.test\"\n";
            default -> "";
          };
      text.append(section.header()).append('\n');
      lines
          .lines()
          .filter(line -> setting.section() != section || !line.startsWith(setting.key() + " "))
          .forEach(line -> text.append(line).append('\n'));
      if (setting.section() == section) {
        text.append(setting.key()).append(" = ").append(value).append('\n');
      }
    }
    return text.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              boolean plain = c >= ' ' && c != '"' && c != '\\' && c != 0x7f;
              quoted.append(plain ? Character.toString(c) : String.format("\\u%04x", c));
            });
    return quoted.append('"').toString();
  }
}
