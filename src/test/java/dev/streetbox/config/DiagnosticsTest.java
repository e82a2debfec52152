package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.streetbox.part.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the whole message about each mistake, character by character. */
class DiagnosticsTest {
  @TempDir private static Path machine;

  @BeforeAll
  static void writeTheMachineId() throws IOException {
    Path etc = Files.createDirectory(machine.resolve("etc"));
    Files.writeString(etc.resolve("machine-id"), "0123456789abcdef0123456789abcdef\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "values",
    "names",
    "sensors",
    "microphones",
    "modes",
    "zones",
    "combinations",
    "syntax",
    "later"
  })
  void aMistakeIsReportedWithItsPositionAndWhatToType(String line, String expected) {
    assertEquals(List.of("box.toml:" + expected), mistakes(line));
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments(
            "[box]\nid = \"Box 1\"",
            "2:1: id is \"Box 1\", not 3 to 32 of a-z 0-9 and -; type id = \"sb-0042\""),
        arguments(
            "box.id = \"sb\"",
            "1:1: id is \"sb\", not 3 to 32 of a-z 0-9 and -; type id = \"sb-0042\""),
        arguments(
            "[box]\nid = \"sb-1\"\n  data_dir = \"var\"",
            "3:3: data_dir is \"var\", not a folder's full path; "
                + "type data_dir = \"/var/lib/streetbox\""),
        arguments(
            "[mqtt]\nlive_period = 5",
            "2:1: live_period is 5, not a duration from 1s to 1h; type live_period = \"5s\""),
        arguments(
            "[mqtt]\nlive_period = \"999ms\"",
            "2:1: live_period is \"999ms\", not a duration from 1s to 1h; "
                + "type live_period = \"5s\""),
        arguments(
            "[mqtt]\nlive_period = \"61m\"",
            "2:1: live_period is \"61m\", not a duration from 1s to 1h; "
                + "type live_period = \"5s\""),
        arguments(
            "[store]\nkeep_acknowledged = \"7 days\"",
            "2:1: keep_acknowledged is \"7 days\", not a duration from 0s to 365d; "
                + "type keep_acknowledged = \"7d\""),
        arguments(
            "[store]\nmax_size = \"2GiB\"",
            "2:1: max_size is \"2GiB\", not a size from 16MB to 1000GB; type max_size = \"2GB\""),
        arguments(
            "[store]\nmax_size = \"15MB\"",
            "2:1: max_size is \"15MB\", not a size from 16MB to 1000GB; type max_size = \"2GB\""),
        arguments(
            "[mqtt]\nbacklog_rate = 0",
            "2:1: backlog_rate is 0, not 1 to 5000; type backlog_rate = 2000"),
        arguments(
            "[mqtt]\nbacklog_rate = 2.5",
            "2:1: backlog_rate is 2.5, not 1 to 5000; type backlog_rate = 2000"),
        arguments(
            "[mqtt]\ntopic_root = \"/streetbox/#\"",
            "2:1: topic_root is \"/streetbox/#\", not a topic of up to 200 characters; "
                + "type topic_root = \"streetbox/v1\""),
        arguments(
            "[mqtt]\nusername = true",
            "2:1: username is true, not up to 256 characters; type username = \"sb-0042\""),
        arguments(
            "[mqtt]\nca_file = \"ca.pem\"",
            "2:1: ca_file is \"ca.pem\", not a file's full path, or empty; "
                + "type ca_file = \"/etc/streetbox/ca.pem\""),
        arguments(
            "[mqtt]\nbroker = \"broker.example\"",
            "2:1: broker is \"broker.example\", not mqtt://HOST:PORT or mqtts://HOST:PORT; "
                + "type broker = \"mqtt://127.0.0.1:1883\""),
        arguments(
            "[mqtt]\nbroker = \"https://broker.example\"",
            "2:1: broker is \"https://broker.example\", not mqtt://HOST:PORT or mqtts://HOST:PORT; "
                + "type broker = \"mqtt://127.0.0.1:1883\""),
        arguments(
            "[mqtt]\nbroker = \"mqtt://broker.example/path\"",
            "2:1: broker is \"mqtt://broker.example/path\", not mqtt://HOST:PORT or "
                + "mqtts://HOST:PORT; type broker = \"mqtt://127.0.0.1:1883\""),
        arguments(
            "[mqtt]\nbroker = \"mqtt://box:secret@broker.example\"",
            "2:1: broker is \"mqtt://***@broker.example\", not mqtt://HOST:PORT or "
                + "mqtts://HOST:PORT; type broker = \"mqtt://127.0.0.1:1883\""),
        arguments(
            "[mqtt]\nbroker = \"mqtt://box:a/b@c@broker.example\"",
            "2:1: broker is \"mqtt://***@broker.example\", not mqtt://HOST:PORT or "
                + "mqtts://HOST:PORT; type broker = \"mqtt://127.0.0.1:1883\""),
        arguments(
            "[mqtt]\nbroker = \"mqtt://127.0.0.1:99999\"",
            "2:1: broker is \"mqtt://127.0.0.1:99999\", not mqtt://HOST:PORT or "
                + "mqtts://HOST:PORT with a PORT from 1 to 65535; "
                + "type broker = \"mqtt://127.0.0.1:1883\""),
        arguments(
            "[mqtt]\nbroker = \"mqtt://127.0.0.1:0\"",
            "2:1: broker is \"mqtt://127.0.0.1:0\", not mqtt://HOST:PORT or "
                + "mqtts://HOST:PORT with a PORT from 1 to 65535; "
                + "type broker = \"mqtt://127.0.0.1:1883\""),
        arguments(
            "[mqtt]\nbroker = \"mqtt://:\"",
            "2:1: broker is \"mqtt://:\", not mqtt://HOST:PORT or mqtts://HOST:PORT; "
                + "type broker = \"mqtt://127.0.0.1:1883\""),
        arguments(
            "[gnss]\naddress = \"127.0.0.1:99999\"",
            "2:1: address is \"127.0.0.1:99999\", not HOST:PORT with a PORT from 1 to 65535; "
                + "type address = \"127.0.0.1:2947\""),
        arguments(
            "[gnss]\naddress = \":\"",
            "2:1: address is \":\", not HOST:PORT; type address = \"127.0.0.1:2947\""),
        arguments(
            "[gnss]\naddress = \"localhost\"",
            "2:1: address is \"localhost\", not HOST:PORT; type address = \"127.0.0.1:2947\""),
        arguments(
            "[gnss]\nsource = \"gps\"",
            "2:1: source is \"gps\", not gpsd, sim or none; type \"gpsd\""),
        arguments(
            "[gnss]\nsource = [\"gpsd\"]",
            "2:1: source is a list, not gpsd, sim or none; type source = \"gpsd\""),
        arguments(
            "[store]\ncommit_period = 2026-11-23",
            "2:1: commit_period is 2026-11-23, not a duration from 1s to 5m; "
                + "type commit_period = \"10s\""),
        arguments(
            "[simulate]\nspeed = \"fast\"",
            "2:1: speed is \"fast\", not a number from 0.1 to 1000.0; type speed = 1.0"));
  }

  static Stream<Arguments> names() {
    return Stream.of(
        arguments(
            "[box]\nid = \"sb-1\"\nrundir = 1", "3:1: unknown key rundir in [box]; type run_dir"),
        arguments(
            "[mqtt]\npasword_file = 1",
            "2:1: unknown key pasword_file in [mqtt]; type password_file"),
        arguments(
            "[mqtt]\nride = 1", "2:1: unknown key ride in [mqtt]; it belongs below [simulate]"),
        arguments(
            "[mqtt]\nqos = 1",
            "2:1: unknown key qos in [mqtt]; delete it; all keys: streetbox config show"
                + " --defaults"),
        arguments("[mqt]\nqos = 1", "1:1: unknown section mqt; type [mqtt]"),
        arguments("[[sensors]]\nname = 1", "1:1: unknown section sensors; type [[sensor]]"),
        arguments(
            "live_period = \"5s\"",
            "1:1: key live_period stands before any section; it belongs below [mqtt]"),
        arguments("[sensor]\ndriver = \"sps30\"", "1:1: sensor is a section; type [[sensor]]"),
        arguments("[[mqtt]]", "1:1: mqtt is a section; type [mqtt]"),
        arguments("store = 5", "1:1: store is a section; type [store]"));
  }

  static Stream<Arguments> sensors() {
    return Stream.of(
        arguments("[[sensor]]\nname = \"pm\"", "1:1: driver is missing; type driver = \"sps30\""),
        arguments(
            "[[sensor]]\ndriver = \"sht45\"",
            "2:1: driver is \"sht45\", not "
                + String.join(", ", Catalogue.keys()).replace(", microphone", " or microphone")
                + "; type \"sht4x\""),
        arguments(
            "[[sensor]]\ndriver = \"sps30\"\naddress = 0x70",
            "3:1: address is 0x70, but sps30 answers at 0x69; type address = 0x69"),
        arguments(
            "[[sensor]]\ndriver = \"sht4x\"\naddress = 64",
            "3:1: address is 0x40, but sht4x answers at 0x44, 0x45, 0x46; type address = 0x44"),
        arguments(
            "[[sensor]]\ndriver = \"sps30\"\nport = \"/dev/serial0\"",
            "3:1: sps30 has no port; delete the line"),
        arguments(
            "[[sensor]]\ndriver = \"sps30\"\nbus = \"/dev/i2c-1\"",
            "3:1: bus is \"/dev/i2c-1\", not i2c-N or sim; type bus = \"i2c-1\""),
        arguments(
            "[[sensor]]\ndriver = \"sen0232\"", "1:1: sen0232 needs adc; type adc = \"ads1115\""),
        arguments(
            "[[sensor]]\ndriver = \"sen0232\"\nadc = \"ads1115\"\nchannel = 4",
            "4:1: channel is 4, not 0 to 3; type channel = 0"),
        arguments(
            "[[sensor]]\ndriver = \"pms5003\"",
            "1:1: pms5003 needs port; type port = \"/dev/serial0\""),
        arguments(
            "[[sensor]]\ndriver = \"pms5003\"\nbus = \"i2c-1\"",
            "3:1: pms5003 is at a serial port; instead of bus, type port = \"/dev/serial0\""),
        arguments(
            "[[sensor]]\ndriver = \"pms5003\"\nbus = \"sim\"\nport = \"/dev/serial0\"",
            "4:1: bus = \"sim\" has no port; delete one of the two lines"),
        arguments(
            "[[sensor]]\ndriver = \"pms5003\"\nport = \"/dev/serial0\"\naddress = 0x12",
            "4:1: pms5003 has no address; delete the line"),
        arguments(
            "[[sensor]]\ndriver = \"sht4x\"\n[[sensor]]\ndriver = \"sht4x\"\naddress = 0x45",
            "3:1: name = \"sht4x\" is taken by line 1; change or delete one of them"),
        arguments(
            "[[sensor]]\ndriver = \"sht4x\"\n[[sensor]]\ndriver = \"sht4x\"\nname = \"b\"",
            "3:1: bus = \"i2c-1\", address = 0x44 is taken by line 1; type address = 0x45"),
        arguments(
            "[[sensor]]\ndriver = \"pms5003\"\nport = \"/dev/ttyA\"\n[[sensor]]\n"
                + "driver = \"pms5003\"\nname = \"b\"\nport = \"/dev/ttyA\"",
            "7:1: port = \"/dev/ttyA\" is taken by line 3; change or delete one of them"),
        arguments(
            "[[sensor]]\ndriver = \"sen0232\"\nadc = \"ads1115\"\n[[sensor]]\nname = \"b\"\n"
                + "driver = \"sen0232\"\nadc = \"ads1115\"\nchannel = 0",
            "8:1: bus = \"i2c-1\", address = 0x48, adc = \"ads1115\", channel = 0 is taken by "
                + "line 1; type channel = 1"));
  }

  static Stream<Arguments> zones() {
    String home = "[[privacy.zone]]\nname = \"home\"\nlat = 40.0701\nlon = 116.3265\n";
    return Stream.of(
        arguments(
            home.replace("name = \"home\"", "radius_m = 300"),
            "1:1: name is missing; type name = \"home\""),
        arguments(home.replace("lat = 40.0701", ""), "1:1: lat is missing; type lat = 40.0701"),
        arguments(home.replace("lon = 116.3265", ""), "1:1: lon is missing; type lon = 116.3265"),
        arguments(
            home.replace("40.0701", "90.1"),
            "3:1: lat is ***, not a number from -90.0 to 90.0; type lat = 40.0701"),
        arguments(
            home.replace("40.0701", "\"39.9042\""),
            "3:1: lat is ***, not a number from -90.0 to 90.0; type lat = 40.0701"),
        arguments(
            home.replace("116.3265", "-180.5"),
            "4:1: lon is ***, not a number from -180.0 to 180.0; type lon = 116.3265"),
        arguments(
            home.replace("116.3265", "nan"),
            "4:1: lon is ***, not a number from -180.0 to 180.0; type lon = 116.3265"),
        arguments(
            home + "radius_m = 0",
            "5:1: radius_m is ***, not a number from 10.0 to 10000.0; type radius_m = 300.0"),
        arguments(
            home + "radius_m = -300",
            "5:1: radius_m is ***, not a number from 10.0 to 10000.0; type radius_m = 300.0"),
        arguments(
            home + "radius_m = \"300m\"",
            "5:1: radius_m is ***, not a number from 10.0 to 10000.0; " + "type radius_m = 300.0"),
        arguments(
            home + home.replace("40", "41"),
            "6:1: name is taken by line 2; change or delete one of them"),
        arguments(
            home + "radius = 300", "5:1: unknown key radius in [[privacy.zone]]; type radius_m"),
        arguments(
            "[privacy]\nlat = 40.0701",
            "2:1: unknown key lat in [privacy]; it belongs below [[privacy.zone]]"),
        arguments(
            "[privacy]\nzones = 5",
            "2:1: unknown key zones in [privacy]; delete it; "
                + "all keys: streetbox config show --defaults"),
        arguments(
            "[privacy.zone]\nname = \"home\"",
            "1:1: privacy.zone is a section; type [[privacy.zone]]"),
        arguments("[privacy]\nzone = 5", "2:1: privacy.zone is a section; type [[privacy.zone]]"),
        arguments("[[zone]]\nname = \"home\"", "1:1: unknown section zone; type [[privacy.zone]]"),
        arguments(
            home.replace("lat = 40.0701", "latt = 39.9042N"),
            "3:15: not TOML; type key = value, as lat = 40.0701"),
        arguments(home + "radius_m = 250m", "5:15: not TOML; type key = value, as lat = 40.0701"),
        arguments(home + "lat = 39.9042", "5:1: set twice; keep one of the two"),
        arguments(
            home + "\"39.9042\" = 1",
            "5:1: unknown key **.**** in [[privacy.zone]]; delete it; "
                + "all keys: streetbox config show --defaults"),
        arguments(home.replace("40.0701", "39,9042"), "3:9: not a number; type lat = 40.0701"),
        arguments(home.replace("116.3265", "116.4074E"), "4:15: not a number; type lon = 116.3265"),
        arguments(
            home.replace("lat = 40.0701", "lat 39.9042"), "3:5: not a number; type lat = 40.0701"));
  }

  static Stream<Arguments> combinations() {
    return Stream.of(
        arguments(
            "[mqtt]\nbroker = \"mqtt://b\"\nca_file = \"/ca.pem\"",
            "3:1: ca_file is only for an encrypted connection; type broker = \"mqtts://b\""),
        arguments(
            "[mqtt]\nbroker = \"mqtts://b\"\nclient_key_file = \"/k\"",
            "3:1: client_key_file needs client_cert_file; "
                + "type client_cert_file = \"/etc/streetbox/box.pem\""),
        arguments(
            "[mqtt]\nbroker = \"mqtts://b\"\nclient_cert_file = \"/c\"",
            "3:1: client_cert_file needs client_key_file; "
                + "type client_key_file = \"/etc/streetbox/box.key\""),
        arguments(
            "[simulate]\nspeed = 60",
            "2:1: speed is only for simulated parts, but gpsd or a real bus is configured; "
                + "type speed = 1.0"),
        arguments(
            "[simulate]\nscenario = \"/none\"",
            "2:1: scenario is \"/none\", not a scenario; /none: there is no such file"),
        arguments(
            "[gnss]\nsource = \"none\"\n[[sensor]]\ndriver = \"sps30\"\n[simulate]\nspeed = 60",
            "6:1: speed is only for simulated parts, but gpsd or a real bus is configured; "
                + "type speed = 1.0"));
  }

  static Stream<Arguments> syntax() {
    return Stream.of(
        arguments(
            "[box]\nid = sb-1",
            "2:6: Unexpected 's', expected a value; put text in quotes: id = \"sb-1\""),
        arguments(
            "[mqtt]\nlive_period = 5s",
            "2:16: Unexpected 's', expected a newline or end-of-input; "
                + "put text in quotes: live_period = \"5s\""),
        arguments(
            "[mqtt]\nusername = “box”",
            "2:12: Unexpected '\\u201c', expected a value; "
                + "put text in quotes: username = \"box\""),
        arguments(
            "[mqtt]\nusername = \"box\n",
            "2:16: Unexpected end of line, expected \" or a character; a closing quote is missing"),
        arguments(
            "[mqtt]]\nbroker = 5\nnonsense = 1",
            "1:6: Unexpected ']]', expected ] or .; type [name], or [[name]] for one of several"),
        arguments(
            "[mqtt]\nbroker\n", "2:7: Unexpected end of line, expected . or =; type key = value"),
        arguments("[mqtt]\nbacklog_rate = 010", "2:16: Leading zeros are not allowed; delete them"),
        arguments(
            "[mqtt]\nusername = \"a\"\nusername = \"b\"",
            "3:1: username previously defined at line 2, column 1; keep one of the two"),
        arguments(
            "[mqtt]\nusername = \"a\\q\"",
            "2:14: Invalid escape sequence '\\q'; type each backslash twice"),
        arguments("[mqtt]\nusername = \"\uFFFD\"", "2:13: not UTF-8; save the file as UTF-8"));
  }

  static Stream<Arguments> microphones() {
    String begin = "[[sensor]]\ndriver = \"microphone\"\n";
    return Stream.of(
        arguments(
            begin + "part = \"inmp441\"", "1:1: microphone needs device; type device = \"hw:0,0\""),
        arguments(
            begin + "device = \"hw:0,0\"", "1:1: microphone needs part; type part = \"ics43434\""),
        arguments(
            begin + "part = \"imp441\"\ndevice = \"hw:0,0\"",
            "3:1: part is \"imp441\", not ics43434, inmp441 or sph0645; type \"inmp441\""),
        arguments(
            begin + "part = \"inmp441\"\ndevice = \"-Dhw\"",
            "4:1: device is \"-Dhw\", not an ALSA device; type device = \"hw:0,0\""),
        arguments(
            begin + "part = \"inmp441\"\nbus = \"i2c-1\"",
            "4:1: microphone is at a sound card; instead of bus, type device = \"hw:0,0\""),
        arguments(
            begin + "part = \"inmp441\"\nbus = \"sim\"\ndevice = \"hw:0,0\"",
            "5:1: bus = \"sim\" has no device; delete one of the two lines"),
        arguments(
            begin + "part = \"inmp441\"\ndevice = \"hw:0,0\"\nsensitivity_dbfs = -32.1",
            "5:1: sensitivity_dbfs is -32.1, over 6 dB from an inmp441's -26.0;"
                + " calibrate it again"),
        arguments(
            begin + "part = \"inmp441\"\ndevice = \"hw:0,0\"\nport = \"/dev/serial0\"",
            "5:1: microphone has no port; delete the line"),
        arguments(
            "[[sensor]]\ndriver = \"sps30\"\nsensitivity_dbfs = -26",
            "3:1: sps30 has no sensitivity_dbfs; delete the line"),
        arguments(
            "[privacy]\ntime_zone = \"Peking\"",
            "2:1: time_zone is \"Peking\", not a time zone, or empty; type time_zone ="
                + " \"Asia/Shanghai\""),
        arguments(
            "[[sensor]]\ndriver = \"sps30\"\ngas = \"h2s\"",
            "3:1: sps30 has no gas; delete the line"),
        arguments(
            "[[sensor]]\ndriver = \"multigas\"", "1:1: multigas needs gas; type gas = \"h2s\""),
        arguments(
            "[[sensor]]\ndriver = \"multigas\"\ngas = \"xe\"",
            "3:1: gas is \"xe\", not " + allGases() + "; type gas = \"h2s\""),
        arguments(
            "[[sensor]]\ndriver = \"multigas\"\ngas = \"co\"",
            "3:1: gas is \"co\", but multigas is for h2s and nh3; type gas = \"h2s\""),
        arguments(
            "[[sensor]]\ndriver = \"sen0232\"\nadc = \"ads1015\"",
            "3:1: sen0232 needs the resolution of an ads1115; type adc = \"ads1115\""),
        arguments(
            "[[sensor]]\ndriver = \"mics6814\"\nadc = \"ads1015\"\nchannel = 2",
            "4:1: channel is 2, but mics6814 takes 3 from there on; type channel = 1"),
        arguments(
            "[[sensor]]\ndriver = \"mics6814\"\nadc = \"ads1115\"\n[[sensor]]\n"
                + "driver = \"sen0232\"\nadc = \"ads1115\"\naddress = 0x49\nchannel = 2",
            "8:1: bus = \"i2c-1\", address = 0x49, adc = \"ads1115\", channel = 2 is taken by "
                + "line 1; type channel = 3"),
        arguments(
            "[[sensor]]\ndriver = \"sgp40\"\nperiod = \"10s\"",
            "3:1: sgp40 is read once a second; delete the line"),
        arguments(
            "[[sensor]]\ndriver = \"sgp41\"\nperiod = \"10s\"",
            "3:1: sgp41 is read once a second; delete the line"),
        arguments(
            "[[sensor]]\ndriver = \"dnms\"\nperiod = \"10s\"",
            "3:1: dnms is read once a second; delete the line"));
  }

  static Stream<Arguments> modes() {
    return Stream.of(
        arguments(
            "[[sensor]]\ndriver = \"sps30\"\nmode = \"passive\"",
            "3:1: mode is \"passive\", but sps30 has float and integer; type mode = \"float\""),
        arguments(
            "[[sensor]]\ndriver = \"sds011\"\nport = \"/dev/ttyUSB0\"\nmode = \"passive\"",
            "4:1: mode is \"passive\", but sds011 has active and query; type mode = \"active\""),
        arguments(
            "[[sensor]]\ndriver = \"sht4x\"\nmode = \"active\"",
            "3:1: sht4x has no mode; delete the line"),
        arguments(
            "[[sensor]]\ndriver = \"pms5003\"\nport = \"/dev/ttyUSB0\"\nmode = \"pasive\"",
            "4:1: mode is \"pasive\", not float, integer, normal, fast, active, passive or query;"
                + " type \"passive\""));
  }

  @Test
  void aPartOfAScenarioMustBeSimulated() throws IOException {
    Path file = Files.writeString(machine.resolve("s.txt"), "at 1s pm unplug\nat 2s gas unplug");
    String text =
        """
        [[sensor]]
        name = "pm"
        driver = "sps30"
        bus = "sim"
        [[sensor]]
        name = "gas"
        driver = "sgp41"
        [simulate]
        scenario = "%s"
        """
            .formatted(file);
    assertEquals(
        List.of(
            "box.toml:9:1: "
                + file
                + ": line 2: no simulated part is called gas; type one of button, pm, sps30"),
        mistakes(text));
  }

  private static String allGases() {
    List<String> gases = Catalogue.gases();
    int last = gases.size() - 1;
    return String.join(", ", gases.subList(0, last)) + " or " + gases.get(last);
  }

  static Stream<Arguments> later() {
    return Stream.of(
        arguments(
            "[simulate]\nride = \"changping\"",
            "2:1: ride is \"changping\", not huilongguan; type ride = \"huilongguan\""),
        arguments(
            "[report]\nled_gpio = 17",
            "2:1: led_gpio = 17 is the line of button_gpio in [report] already; type another"
                + " number, or -1"),
        arguments(
            "[store]\npower_fail_gpio = 4\n[tamper]\ngpio = 4",
            "2:1: power_fail_gpio = 4 is the line of gpio in [tamper] already; type another"
                + " number, or -1"),
        arguments(
            "[report]\nlongest = \"4s\"",
            "1:1: cancel_after is not longer than longest, so that each long press would be both;"
                + " type cancel_after = \"3s\""));
  }

  @Test
  void allMistakesAreReportedAtOnceInTheOrderOfTheFile() {
    List<String> mistakes =
        mistakes("[mqtt]\nlive_period = 5\nqos = 1\n[box]\nid = sb\n[gps]\n[[sensor]]\nname = 5");
    assertEquals(
        List.of("2:1", "3:1", "5:6", "6:1", "8:1"),
        mistakes.stream().map(line -> line.split(":", 2)[1].replaceFirst(": .*", "")).toList());
  }

  @Test
  void aMistakeThatFollowsFromABrokenLineIsNotReported() {
    assertEquals(1, mistakes("[[sensor]]\ndriver = sps30").size());
  }

  @Test
  void aBoxWithoutASerialNumberMustBeNamed(@TempDir Path empty) {
    ConfigException mistakes =
        assertThrows(ConfigException.class, () -> ConfigFile.parse("box.toml", "", empty));
    assertEquals(
        List.of(
            "box.toml:1:1: this machine has no serial number to name the box after; "
                + "type id = \"sb-0042\" below [box]"),
        mistakes.lines());
  }

  @Test
  void aFolderInPlaceOfAFileIsReportedWithItsWholePath() {
    for (Path folder : List.of(Path.of(""), Path.of("src"), machine)) {
      ConfigException wrong =
          assertThrows(ConfigException.class, () -> ConfigFile.read(folder, machine));
      assertEquals(
          folder.toAbsolutePath()
              + ": this is a folder. Try: the path of a file, as /etc/streetbox/streetbox.toml",
          wrong.getMessage());
    }
  }

  @Test
  void aMissingFileIsReportedWithTheCommandThatMakesOne(@TempDir Path empty) {
    Path file = empty.resolve("streetbox.toml");
    ConfigException missing =
        assertThrows(ConfigException.class, () -> ConfigFile.read(file, machine));
    assertEquals(
        file
            + ": there is no such file. Try: streetbox config show --defaults"
            + " | sudo install -D -m 644 /dev/stdin "
            + file,
        missing.getMessage());
  }

  @Test
  void aFolderIsNoConfiguration(@TempDir Path folder) {
    ConfigException wrong =
        assertThrows(ConfigException.class, () -> ConfigFile.read(folder, machine));
    assertTrue(wrong.getMessage().startsWith(folder + ": "), wrong.getMessage());
  }

  private static List<String> mistakes(String text) {
    return assertThrows(ConfigException.class, () -> ConfigFile.parse("box.toml", text, machine))
        .lines();
  }
}
