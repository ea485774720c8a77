// The yardstick of a replay: what any reader of the same files must do at least. It knows the
// format (DaybookLog.docc/Format.md) and nothing of records.
#include "CBenchmark.h"

#include <fcntl.h>
#include <lz4.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The product's own, so that only what stands around it is compared.
extern uint32_t daybook_crc32c(uint32_t before, const void *bytes, size_t count);

#define HEADER_BYTES 4096
#define PIECE_BYTES (256 << 10)
#define FRAME_BYTES_MAX (16 << 20)
#define CHAIN_BYTES_MAX (64 << 10)

struct window {
  int file;
  uint8_t *bytes;
  size_t start, end;
  uint64_t offset;  // of `start` in the file
};

// Whether `count` bytes stand in the window, read now if need be.
static int has(struct window *window, size_t count) {
  if (window->end - window->start >= count) return 1;
  memmove(window->bytes, window->bytes + window->start, window->end - window->start);
  window->end -= window->start;
  window->start = 0;
  while (window->end < count) {
    size_t wanted = PIECE_BYTES > count - window->end ? PIECE_BYTES : count - window->end;
    ssize_t got = pread(window->file, window->bytes + window->end, wanted,
                        (off_t)(window->offset + window->end));
    if (got <= 0) return 0;
    window->end += (size_t)got;
  }
  return 1;
}

static uint64_t varint(const uint8_t **next) {
  uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    uint8_t byte = *(*next)++;
    value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return value;
}

static int read_frames(struct window *window, uint8_t *chain, struct benchmark_floor *sum,
                       struct benchmark_bodies *bodies) {
  if (!has(window, HEADER_BYTES)) return __LINE__;
  uint32_t seed = daybook_crc32c(0, window->bytes + 64, 4);
  uint32_t segment = daybook_crc32c(seed, window->bytes + 40, 8);
  window->start += HEADER_BYTES;
  window->offset += HEADER_BYTES;
  size_t raw_end = 0;
  // The window may hold fewer than 41 bytes at the very end of a file; a footer always follows.
  while (has(window, 41)) {
    const uint8_t *start = window->bytes + window->start;
    const uint8_t *next = start;
    uint8_t flags = *next++;
    if ((flags & 0xf0) != 0x80) return 0;
    uint64_t stored = varint(&next);
    uint64_t raw = flags & 1 ? varint(&next) : stored;
    uint64_t records = varint(&next);
    if (flags & 2) varint(&next);
    if (flags & 4) next += 8;
    if (flags & 8) varint(&next);
    uint64_t offset = window->offset;
    uint32_t crc = daybook_crc32c(segment, &offset, 8);
    crc = daybook_crc32c(crc, start, (size_t)(next - start));
    uint16_t check;
    uint32_t expected;
    memcpy(&check, next, 2);
    memcpy(&expected, next + 2, 4);
    if ((uint16_t)(crc ^ crc >> 16) != check) return __LINE__;
    crc = daybook_crc32c(crc, next, 2);
    size_t header = (size_t)(next - start) + 6;
    if (stored > FRAME_BYTES_MAX || raw > FRAME_BYTES_MAX) return __LINE__;
    if (!has(window, header + stored)) return __LINE__;
    const uint8_t *body = window->bytes + window->start + header;
    if (daybook_crc32c(crc, body, stored) != expected) return __LINE__;

    if (flags & 2) raw_end = 0;
    if (raw_end + raw > FRAME_BYTES_MAX) return __LINE__;
    if (flags & 1) {
      size_t dictionary = raw_end < CHAIN_BYTES_MAX ? raw_end : CHAIN_BYTES_MAX;
      int made = LZ4_decompress_safe_usingDict(
          (const char *)body, (char *)chain + raw_end, (int)stored, (int)raw,
          (const char *)chain + raw_end - dictionary, (int)dictionary);
      if (made != (int)raw) return __LINE__;
    } else {
      memcpy(chain + raw_end, body, raw);
    }
    if (bodies) {
      memcpy(bodies->bytes + sum->raw_bytes, chain + raw_end, raw);
      bodies->ends[sum->frames] = sum->raw_bytes + raw;
    }
    raw_end += raw;
    window->start += header + stored;
    window->offset += header + stored;
    sum->frames += 1;
    sum->records += records;
    sum->stored_bytes += header + stored;
    sum->raw_bytes += raw;
  }
  return 0;
}

static int read_segment(const char *path, struct benchmark_floor *sum,
                        struct benchmark_bodies *bodies) {
  struct window window = {.file = open(path, O_RDONLY)};
  if (window.file < 0) return __LINE__;
  window.bytes = malloc(FRAME_BYTES_MAX + 2 * PIECE_BYTES);
  uint8_t *chain = malloc(FRAME_BYTES_MAX);
  int result = window.bytes && chain ? read_frames(&window, chain, sum, bodies) : __LINE__;
  free(chain);
  free(window.bytes);
  close(window.file);
  return result;
}

int benchmark_floor(const char *path, struct benchmark_floor *sum) {
  return read_segment(path, sum, NULL);
}

int benchmark_frame_bodies(const char *path, struct benchmark_floor *sum,
                           struct benchmark_bodies *bodies) {
  return read_segment(path, sum, bodies);
}
