#define _GNU_SOURCE
#include "CBenchmark.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int benchmark_raw_open(const char *path, uint64_t bytes) {
  int file = open(path, O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0644);
  if (file < 0) return -1;
  static char zeros[1 << 20];
  for (uint64_t at = 0; at < bytes; at += sizeof zeros) {
    if (pwrite(file, zeros, sizeof zeros, (off_t)at) != (ssize_t)sizeof zeros) return -1;
  }
  return fsync(file) == 0 ? file : -1;
}

int benchmark_raw_append(int file, const void *bytes, size_t count, uint64_t offset) {
  if (pwrite(file, bytes, count, (off_t)offset) != (ssize_t)count) return -1;
#if defined(__linux__)
  return fdatasync(file);
#else
  return fsync(file);
#endif
}

void benchmark_raw_close(int file) { close(file); }
