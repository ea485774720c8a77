// RocksDB: two column families, LZ4 as the log has it, a synced write-ahead log.
#if defined(NEIGHBOUR_HAS_ROCKSDB)
#include <rocksdb/c.h>
#include <stdlib.h>

#include "store.h"

struct self {
  rocksdb_t *database;
  rocksdb_column_family_handle_t *families[2];
  rocksdb_options_t *options;
  rocksdb_writeoptions_t *writing;
  rocksdb_readoptions_t *reading;
};

// Its number stands in a header for C++ only.
static const char *version(void) { return "of this system"; }

static int failed(char *error) {
  fail("rocksdb", error);
  rocksdb_free(error);
  return -1;
}

static void *open_store(const char *folder, bool synced) {
  struct self *self = calloc(1, sizeof *self);
  self->options = rocksdb_options_create();
  rocksdb_options_set_create_if_missing(self->options, 1);
  rocksdb_options_set_create_missing_column_families(self->options, 1);
  rocksdb_options_set_compression(self->options, rocksdb_lz4_compression);
  self->writing = rocksdb_writeoptions_create();
  rocksdb_writeoptions_set_sync(self->writing, synced);
  self->reading = rocksdb_readoptions_create();
  const char *names[2] = {"default", "streams"};
  const rocksdb_options_t *options[2] = {self->options, self->options};
  char *error = NULL;
  self->database = rocksdb_open_column_families(self->options, folder, 2, names, options,
                                                self->families, &error);
  if (!error) return self;
  failed(error);
  return NULL;
}

static void close_store(void *context) {
  struct self *self = context;
  for (int index = 0; index < 2; index++) {
    rocksdb_column_family_handle_destroy(self->families[index]);
  }
  rocksdb_close(self->database);
  rocksdb_readoptions_destroy(self->reading);
  rocksdb_writeoptions_destroy(self->writing);
  rocksdb_options_destroy(self->options);
  free(self);
}

// It has no unique index: who appends looks first.
static int require_new(struct self *self, const uint8_t *stream) {
  char *error = NULL;
  rocksdb_pinnableslice_t *found =
      rocksdb_get_pinned_cf(self->database, self->reading, self->families[1],
                            (const char *)stream, STREAM_KEY_BYTES, &error);
  if (error) return failed(error);
  if (!found) return 0;
  rocksdb_pinnableslice_destroy(found);
  return fail("rocksdb", "the version is there already");
}

static int append(void *context, const struct neighbour_record *records, const uint8_t *bytes,
                  size_t count) {
  struct self *self = context;
  rocksdb_writebatch_t *batch = rocksdb_writebatch_create();
  int result = 0;
  for (size_t index = 0; index < count && result == 0; index++) {
    const struct neighbour_record *record = records + index;
    uint8_t position[8], stream[STREAM_KEY_BYTES];
    put_number(position, record->position);
    put_stream_key(stream, record);
    result = require_new(self, stream);
    rocksdb_writebatch_put_cf(batch, self->families[0], (const char *)position, sizeof position,
                              (const char *)bytes + record->start, record->count);
    rocksdb_writebatch_put_cf(batch, self->families[1], (const char *)stream, sizeof stream,
                              (const char *)position, sizeof position);
  }
  char *error = NULL;
  if (result == 0) rocksdb_write(self->database, self->writing, batch, &error);
  rocksdb_writebatch_destroy(batch);
  return error ? failed(error) : result;
}

static int replay(void *context, uint64_t *records, uint64_t *bytes) {
  struct self *self = context;
  rocksdb_readoptions_t *reading = rocksdb_readoptions_create();
  rocksdb_readoptions_set_readahead_size(reading, 2 << 20);
  rocksdb_iterator_t *iterator =
      rocksdb_create_iterator_cf(self->database, reading, self->families[0]);
  uint64_t last = 0;
  for (rocksdb_iter_seek_to_first(iterator); rocksdb_iter_valid(iterator);
       rocksdb_iter_next(iterator)) {
    size_t count;
    const char *value = rocksdb_iter_value(iterator, &count);
    touch(value, count);
    *records += 1;
    *bytes += count;
    size_t width;
    const char *key = rocksdb_iter_key(iterator, &width);
    last = get_number((const uint8_t *)key);
  }
  char *error = NULL;
  rocksdb_iter_get_error(iterator, &error);
  rocksdb_iter_destroy(iterator);
  rocksdb_readoptions_destroy(reading);
  if (error) return failed(error);
  return last == *records ? 0 : fail("rocksdb", "a position is missing");
}

// Everything in sorted files, compacted as far as it goes, and no write-ahead log left.
static int settle(void *context) {
  struct self *self = context;
  char *error = NULL;
  rocksdb_flushoptions_t *flushing = rocksdb_flushoptions_create();
  for (int index = 0; index < 2 && !error; index++) {
    rocksdb_flush_cf(self->database, flushing, self->families[index], &error);
    rocksdb_compact_range_cf(self->database, self->families[index], NULL, 0, NULL, 0);
  }
  rocksdb_flushoptions_destroy(flushing);
  return error ? failed(error) : 0;
}

const struct store store_rocksdb = {
    .version = version,
    .schema = "family default: position (u64 big-endian) -> record; family streams: (stream kind "
              "u32, number u64, version u64, big-endian) -> position, looked up before each write; "
              "LZ4, write-ahead log with sync=1; callers write at once, and it groups their "
              "commits",
    .concurrent = true,
    .open = open_store,
    .append = append,
    .replay = replay,
    .settle = settle,
    .close = close_store,
};
#endif
