import com.fazecast.jSerialComm.SerialPort;
import com.pi4j.library.linuxfs.LinuxFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;

/** Calls into each native library that the package brings; any that does not load ends it. */
final class Natives {
  /** An ioctl for terminals, asked of what is none. */
  private static final int TCGETS = 0x5401;

  private static final int ENOTTY = 25;

  private Natives() {}

  public static void main(String... args) throws Exception {
    System.out.println(System.getProperty("os.arch") + ", Java " + Runtime.version());
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
        ResultSet version = memory.createStatement().executeQuery("select sqlite_version()")) {
      System.out.println("SQLite " + version.getString(1));
    }
    System.out.println(
        "jSerialComm "
            + SerialPort.getVersion()
            + ", "
            + SerialPort.getCommPorts().length
            + " ports");
    try (LinuxFile file = new LinuxFile("/dev/null", "rw")) {
      file.ioctl(TCGETS, 0);
      throw new IOException("/dev/null is a terminal");
    } catch (LinuxFile.LinuxFileException e) {
      System.out.println("Pi4J linuxfs: errno " + e.getCode() + ", " + e.getMessage());
      if (e.getCode() != ENOTTY) {
        throw e;
      }
    }
  }
}
