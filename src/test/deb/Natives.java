import com.fazecast.jSerialComm.SerialPort;
import com.pi4j.library.gpiod.internal.GpioDContext;
import com.pi4j.library.linuxfs.LinuxFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;

/** Calls each native library of the package; ends with an error if one does not load. */
final class Natives {
  /** An ioctl of terminals, which /dev/null must refuse with ENOTTY (asm-generic/ioctls.h). */
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
    GpioDContext.getInstance().closeLineEvent(GpioDContext.getInstance().openLineEvent());
    System.out.println("Pi4J gpiod: an event was made and released");
  }
}
