package dev.streetbox.bus;

import com.pi4j.library.gpiod.internal.GpioDContext;
import com.pi4j.library.gpiod.internal.GpioLine;
import java.io.IOException;

/** Drives a line of the GPIO chip; the kernel releases the line when the process is killed. */
final class LinuxGpioOutput implements GpioOutput {
  private final int number;
  private final GpioAccess access;
  private GpioLine line; // null while closed

  LinuxGpioOutput(int number, GpioAccess access) {
    this.number = number;
    this.access = access;
  }

  @Override
  public void open() throws IOException {
    if (line != null) {
      return;
    }
    GpioLine opened = access.line(number);
    line =
        GpioAccess.call(
            number,
            () -> {
              opened.requestOutput(LinuxGpioInput.CONSUMER, 0);
              return opened;
            });
  }

  @Override
  public void set(boolean high) throws IOException {
    GpioLine open = line;
    if (open == null) {
      throw new IOException("GPIO " + number + " is closed");
    }
    GpioAccess.call(
        number,
        () -> {
          open.setValue(high ? 1 : 0);
          return open;
        });
  }

  @Override
  public void close() {
    if (line == null) {
      return;
    }
    GpioLine old = line;
    line = null;
    GpioAccess.release(
        number,
        () -> {
          old.setValue(0);
          GpioDContext.getInstance().closeLine(old);
          return old;
        });
  }
}
