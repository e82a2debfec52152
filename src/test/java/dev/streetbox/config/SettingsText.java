package dev.streetbox.config;

/** Holds the sections of a configuration that several tests read. */
final class SettingsText {
  /** Sections time, store, mqtt, quality, odour, tamper and privacy, with one zone. */
  static final String COMMON =
      """
      [time]
      hold = "90s"

      [store]
      commit_period = "5s"
      max_size = "512MB"
      keep_acknowledged = "2d"
      power_fail_gpio = 13

      [mqtt]
      broker = "mqtts://broker.example"
      username = "access-token"
      password_file = "/p"
      ca_file = "/ca"
      client_cert_file = "/cert"
      client_key_file = "/key"
      topic_root = "city/boxes"
      live_period = "2m"
      diag_period = "10m"
      backlog_rate = 20
      encoding = "json+gzip"
      resend_rows_per_day = 5000

      [quality]
      noise_motion_kmh = 12.5
      parked_after = "90s"
      parked_kmh = 1
      gnss_poor_m = 50
      pm_humid_pct = 70

      [odour]
      voc_index = 250
      h2s_ppm = 0.5
      nh3_ppm = 5
      hysteresis_pct = 20
      after = "15s"
      interval = "10m"

      [tamper]
      part_gone_after = "90s"
      gpio = 6

      [privacy]
      pseudonym = "daily"
      time_zone = "Asia/Shanghai"

      [[privacy.zone]]
      name = "home"
      lat = 40.0701
      lon = -116
      radius_m = 250
      """;

  private SettingsText() {}
}
