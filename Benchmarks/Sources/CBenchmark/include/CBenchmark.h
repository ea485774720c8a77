#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What the floor found in one segment.
struct benchmark_floor {
  uint64_t frames;
  uint64_t records;
  uint64_t stored_bytes;
  uint64_t raw_bytes;
};

/// Reads a segment as fast as C can: its bytes in pieces of 256 KiB, both checksums of each frame,
/// and its linked LZ4 blocks into one buffer. Adds to what `sum` holds. Returns 0, or the line of
/// the source where it gave up.
int benchmark_floor(const char *path, struct benchmark_floor *sum);

/// Where the frames' bodies go: as many bytes and ends as the floor found before.
struct benchmark_bodies {
  uint8_t *bytes;
  uint64_t *ends;
};

/// The same, and keeps each frame's body, which is its records as they were encoded.
int benchmark_frame_bodies(const char *path, struct benchmark_floor *sum,
                           struct benchmark_bodies *bodies);

/// Makes a file of `bytes` zeros, on the disk. Returns its descriptor, or -1.
int benchmark_raw_open(const char *path, uint64_t bytes);

/// Writes `count` bytes at `offset` and syncs them: `pwrite` and `fdatasync`. Returns 0, or -1.
int benchmark_raw_append(int file, const void *bytes, size_t count, uint64_t offset);

/// Closes the descriptor.
void benchmark_raw_close(int file);

/// Lets each sync of a file's data take so many nanoseconds more, whoever asks for it. Returns whether
/// it can.
bool benchmark_slow_down(int64_t nanoseconds);

/// Begins to count this process's allocations at zero, or stops.
void benchmark_count_allocations(bool on);

/// The allocations counted: every call of malloc, calloc, realloc and their aligned kin, by whoever;
/// -1 where they cannot be counted.
int64_t benchmark_allocations(void);

/// Bytes that the process has allocated and not given back; -1 where they cannot be counted.
int64_t benchmark_heap_bytes(void);

/// Nanoseconds of processor time that the calling thread has used.
int64_t benchmark_processor_nanoseconds(void);

/// Nanoseconds of a clock that never steps.
int64_t benchmark_wall_nanoseconds(void);

/// What a process used.
struct benchmark_process {
  int64_t wall_nanoseconds;
  int64_t processor_nanoseconds;
  int64_t peak_bytes;
  /// Its exit status; 128 and the signal's number where one ended it.
  int status;
};

/// Runs a program to its end: `arguments` are `count` bytes, each argument ended by a zero, and the
/// first of them is looked for in PATH. Its output and its errors become the files of those names.
/// Returns 0, or an error's number where it could not be started.
int benchmark_run(const char *arguments, size_t count, const char *output, const char *errors,
                  struct benchmark_process *process);

/// Runs `arguments[2...]` with its output in the file `arguments[0]` and its errors in
/// `arguments[1]`, and prints the error's number, the status, both times and the peak. Returns the
/// status for the caller to end with.
///
/// A process's peak begins at its parent's, so that whoever wants a true one puts a small process
/// between.
int benchmark_run_between(int count, char *const arguments[]);
