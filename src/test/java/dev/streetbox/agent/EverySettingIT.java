package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.Seeds;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import dev.streetbox.config.SettingLines;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.outbox.StoreSettings;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.eclipse.paho.mqttv5.common.packet.MqttDataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives every setting extreme and random values: each is a mistake in words or can be run. */
class EverySettingIT {
  @TempDir private Path folder;

  @Test
  void everyExtremeAndRandomValueIsAMistakeInWordsOrCanBeRun() {
    Seeds.each(
        3,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          for (String text : SettingLines.files(folder.toString(), random, seed == 1)) {
            try {
              check(text);
            } catch (Exception | Error e) {
              String shown = text.substring(0, Math.min(text.length(), 2_000));
              throw new AssertionError(e + " with\n" + shown, e);
            }
          }
        });
  }

  private void check(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("streetbox.toml"), text);
    Config config;
    try {
      config = ConfigFile.read(file, folder).config();
    } catch (ConfigException mistakes) {
      return;
    }
    ScriptedTime time = new ScriptedTime();
    WiredBox box = WiredBox.wire(inOwnFolder(config), time, time, new Faults());
    box.buses().forEach(bus -> bus.close().run());
    InetSocketAddress.createUnresolved(config.gnss().host(), config.gnss().port());
    canConnect(config);
  }

  /** Makes what a connection makes of the settings before it uses the network. */
  private static void canConnect(Config config) throws Exception {
    BrokerSettings broker = config.mqtt().broker();
    InetSocketAddress.createUnresolved(broker.uri().getHost(), broker.uri().getPort());
    DataOutputStream out = new DataOutputStream(new ByteArrayOutputStream());
    MqttDataTypes.encodeUTF8(out, broker.username());
    MqttDataTypes.encodeUTF8(out, config.mqtt().topicRoot() + "/" + config.boxId() + "/backlog");
    List<String> files =
        List.of(
            broker.passwordFile(),
            broker.caFile(),
            broker.clientCertFile(),
            broker.clientKeyFile());
    assertEquals(files.size(), files.stream().map(Path::of).toList().size());
  }

  /** Returns the settings with this test's data folder, because root can write to any other. */
  private Config inOwnFolder(Config config) {
    return new Config(
        config.boxId(),
        config.runDir(),
        config.sensors(),
        config.gnss(),
        config.hold(),
        new StoreSettings(
            folder.resolve("data"),
            config.store().commitPeriod(),
            config.store().maxSizeBytes(),
            config.store().keepAcknowledged()),
        config.mqtt(),
        config.quality(),
        config.events(),
        config.partGoneAfter(),
        config.privacy(),
        config.panel(),
        config.simulation(),
        config.hash());
  }
}
