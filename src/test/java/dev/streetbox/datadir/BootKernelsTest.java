package dev.streetbox.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootKernelsTest {
  @TempDir private Path dir;

  @Test
  void aBootIsOfTheKernelThatItBeganUnder() throws IOException {
    new BootKernels(dir, "aa-1").begin(1);
    new BootKernels(dir, "aa-1").begin(2);
    BootKernels next = new BootKernels(dir, "bb-2");
    next.begin(3);
    assertFalse(next.isOfThisKernel(2));
    assertTrue(next.isOfThisKernel(3));
    assertFalse(next.isOfThisKernel(4), "a boot without a line");
    assertTrue(new BootKernels(dir, "aa-1").isOfThisKernel(1));
    assertEquals("1 aa-1\n2 aa-1\n3 bb-2\n", Files.readString(dir.resolve("kernels")));
  }

  @Test
  void anEndIsKeptUnderEveryKernel() throws IOException {
    BootKernels kernels = new BootKernels(dir, "aa-1");
    kernels.begin(1);
    kernels.begin(2);
    kernels.end(1);
    assertTrue(new BootKernels(dir, "bb-2").isEnded(1));
    assertFalse(new BootKernels(dir, "bb-2").isEnded(2));
  }

  @Test
  void aKernelWithoutAnIdIsNeverTheSame() throws IOException {
    new BootKernels(dir, "-").begin(1);
    assertFalse(Files.exists(dir.resolve("kernels")));
    new BootKernels(dir, "-").end(1);
    assertFalse(new BootKernels(dir, "-").isOfThisKernel(1));
    assertTrue(new BootKernels(dir, "-").isEnded(1));
  }

  @Test
  void aDamagedLineSaysNothingAboutItsBoot() throws IOException {
    Files.writeString(dir.resolve("kernels"), "x\n9999999999 aa-1\n7 AA\n8 aa-1\n");
    BootKernels kernels = new BootKernels(dir, "aa-1");
    assertFalse(kernels.isOfThisKernel(7));
    assertTrue(kernels.isOfThisKernel(8));
  }

  @Test
  void theLatestFiveHundredBootsAreKept() throws IOException {
    BootKernels kernels = new BootKernels(dir, "aa-1");
    for (int boot = 1; boot <= 501; boot++) {
      kernels.begin(boot);
    }
    assertFalse(kernels.isOfThisKernel(1));
    assertTrue(kernels.isOfThisKernel(2));
  }
}
