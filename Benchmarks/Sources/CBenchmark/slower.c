// A slower disk. The function below stands before the C library's for the whole process, so that the
// log, the raw writes and the neighbours all wait for the same.
#define _GNU_SOURCE
#include "CBenchmark.h"

#include <time.h>
#include <unistd.h>

#if defined(__GLIBC__)
#include <sys/prctl.h>
#include <sys/syscall.h>

static int64_t pause_nanoseconds;

bool benchmark_slow_down(int64_t nanoseconds) {
  __atomic_store_n(&pause_nanoseconds, nanoseconds, __ATOMIC_RELAXED);
  return true;
}

int fdatasync(int file) {
  int result = (int)syscall(SYS_fdatasync, file);
  int64_t pause = __atomic_load_n(&pause_nanoseconds, __ATOMIC_RELAXED);
  if (result != 0 || pause <= 0) return result;
  static __thread bool is_exact;
  if (!is_exact) {
    // Else a thread sleeps up to 50 microseconds longer than it asks to.
    prctl(PR_SET_TIMERSLACK, 1);
    is_exact = true;
  }
  struct timespec left = {pause / 1000000000, pause % 1000000000};
  nanosleep(&left, NULL);
  return result;
}

#else

bool benchmark_slow_down(int64_t nanoseconds) { return nanoseconds == 0; }

#endif
