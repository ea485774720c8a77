// LMDB: two trees, and its default durability, which is a sync on every commit.
#if defined(NEIGHBOUR_HAS_LMDB)
#include <lmdb.h>
#include <stdlib.h>

#include "store.h"

struct self {
  MDB_env *environment;
  MDB_dbi events, streams;
};

static int failed(int code) { return fail("lmdb", mdb_strerror(code)); }

static const char *version(void) { return mdb_version(NULL, NULL, NULL); }

static void close_store(void *context) {
  struct self *self = context;
  mdb_env_close(self->environment);
  free(self);
}

static int open_trees(struct self *self, const char *folder, bool synced) {
  int code;
  MDB_txn *transaction;
  unsigned flags = MDB_NOTLS | (synced ? 0 : MDB_NOSYNC);
  if ((code = mdb_env_create(&self->environment)) != 0) return code;
  if ((code = mdb_env_set_mapsize(self->environment, (size_t)64 << 30)) != 0) return code;
  if ((code = mdb_env_set_maxdbs(self->environment, 2)) != 0) return code;
  if ((code = mdb_env_open(self->environment, folder, flags, 0644)) != 0) return code;
  if ((code = mdb_txn_begin(self->environment, NULL, 0, &transaction)) != 0) return code;
  if ((code = mdb_dbi_open(transaction, "events", MDB_CREATE | MDB_INTEGERKEY, &self->events)) ||
      (code = mdb_dbi_open(transaction, "streams", MDB_CREATE, &self->streams))) {
    mdb_txn_abort(transaction);
    return code;
  }
  return mdb_txn_commit(transaction);
}

static void *open_store(const char *folder, bool synced) {
  struct self *self = calloc(1, sizeof *self);
  int code = open_trees(self, folder, synced);
  if (code == 0) return self;
  failed(code);
  close_store(self);
  return NULL;
}

static int append(void *context, const struct neighbour_record *records, const uint8_t *bytes,
                  size_t count) {
  struct self *self = context;
  MDB_txn *transaction;
  int code = mdb_txn_begin(self->environment, NULL, 0, &transaction);
  if (code != 0) return failed(code);
  for (size_t index = 0; index < count; index++) {
    const struct neighbour_record *record = records + index;
    size_t position = record->position;
    uint8_t stream[STREAM_KEY_BYTES];
    put_stream_key(stream, record);
    MDB_val key = {sizeof position, &position};
    MDB_val value = {record->count, (void *)(bytes + record->start)};
    MDB_val unique = {sizeof stream, stream};
    // MDB_APPEND refuses a key that is not above all others.
    code = mdb_put(transaction, self->events, &key, &value, MDB_APPEND);
    if (code == 0) code = mdb_put(transaction, self->streams, &unique, &key, MDB_NOOVERWRITE);
    if (code != 0) {
      mdb_txn_abort(transaction);
      return failed(code);
    }
  }
  code = mdb_txn_commit(transaction);
  return code == 0 ? 0 : failed(code);
}

static int replay(void *context, uint64_t *records, uint64_t *bytes) {
  struct self *self = context;
  MDB_txn *transaction;
  MDB_cursor *cursor;
  MDB_val key, value;
  size_t last = 0;
  int code = mdb_txn_begin(self->environment, NULL, MDB_RDONLY, &transaction);
  if (code != 0) return failed(code);
  if ((code = mdb_cursor_open(transaction, self->events, &cursor)) == 0) {
    while ((code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
      touch(value.mv_data, value.mv_size);
      last = *(const size_t *)key.mv_data;
      *records += 1;
      *bytes += value.mv_size;
    }
    mdb_cursor_close(cursor);
  }
  mdb_txn_abort(transaction);
  if (code != MDB_NOTFOUND) return failed(code);
  return last == *records ? 0 : fail("lmdb", "a position is missing");
}

static int settle(void *context) {
  struct self *self = context;
  int code = mdb_env_sync(self->environment, 1);
  return code == 0 ? 0 : failed(code);
}

const struct store store_lmdb = {
    .version = version,
    .schema = "tree events: position (MDB_INTEGERKEY, MDB_APPEND) -> record; tree streams: "
              "(stream kind u32, number u64, version u64) -> position, MDB_NOOVERWRITE; default "
              "flags, so that every commit syncs data and meta page; one transaction a commit, "
              "callers wait for each other at a mutex",
    .concurrent = false,
    .open = open_store,
    .append = append,
    .replay = replay,
    .settle = settle,
    .close = close_store,
};
#endif
