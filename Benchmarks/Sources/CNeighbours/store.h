#pragma once

#include "CNeighbours.h"

/// What each store implements; `self` is its own struct.
struct store {
  const char *(*version)(void);
  const char *schema;
  /// Whether several threads may append at once.
  bool concurrent;
  void *(*open)(const char *folder, bool synced);
  int (*append)(void *self, const struct neighbour_record *records, const uint8_t *bytes,
                size_t count);
  int (*replay)(void *self, uint64_t *records, uint64_t *bytes);
  int (*settle)(void *self);
  void (*close)(void *self);
};

extern const struct store store_sqlite, store_lmdb, store_rocksdb;

/// Keeps what went wrong and returns -1.
int fail(const char *where, const char *what);

/// Touches what a reader of the record would: each of its cache lines.
static inline void touch(const void *bytes, size_t count) {
  for (size_t at = 0; at < count; at += 64) (void)((const volatile uint8_t *)bytes)[at];
}

/// Numbers in big-endian order, so that keys sort as numbers do.
static inline void put_number(uint8_t *out, uint64_t value) {
  for (int place = 0; place < 8; place++) out[place] = (uint8_t)(value >> (56 - 8 * place));
}

static inline uint64_t get_number(const uint8_t *bytes) {
  uint64_t value = 0;
  for (int place = 0; place < 8; place++) value = value << 8 | bytes[place];
  return value;
}

/// The key by which a version of a stream is unique.
#define STREAM_KEY_BYTES 20

static inline void put_stream_key(uint8_t *out, const struct neighbour_record *record) {
  for (int place = 0; place < 4; place++) {
    out[place] = (uint8_t)(record->stream_kind >> (24 - 8 * place));
  }
  put_number(out + 4, record->stream_number);
  put_number(out + 12, record->version);
}
