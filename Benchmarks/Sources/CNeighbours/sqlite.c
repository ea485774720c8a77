// SQLite: a table under the position, write-ahead log, a sync on every commit.
#if defined(NEIGHBOUR_HAS_SQLITE)
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "store.h"

struct self {
  sqlite3 *database;
  sqlite3_stmt *begin, *insert, *commit;
};

#define TABLE                                                                    \
  "CREATE TABLE events(position INTEGER PRIMARY KEY, stream_kind INTEGER NOT NULL, " \
  "stream_number INTEGER NOT NULL, version INTEGER NOT NULL, record BLOB NOT NULL)"
#define INDEX "CREATE UNIQUE INDEX streams ON events(stream_kind, stream_number, version)"

static int failed(struct self *self) { return fail("sqlite", sqlite3_errmsg(self->database)); }

static int run(struct self *self, const char *text) {
  return sqlite3_exec(self->database, text, NULL, NULL, NULL) == SQLITE_OK ? 0 : failed(self);
}

static int prepare(struct self *self, const char *text, sqlite3_stmt **statement) {
  int code =
      sqlite3_prepare_v3(self->database, text, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
  return code == SQLITE_OK ? 0 : failed(self);
}

static void close_store(void *context) {
  struct self *self = context;
  sqlite3_finalize(self->begin);
  sqlite3_finalize(self->insert);
  sqlite3_finalize(self->commit);
  sqlite3_close(self->database);
  free(self);
}

static void *open_store(const char *folder, bool synced) {
  struct self *self = calloc(1, sizeof *self);
  char path[4096];
  snprintf(path, sizeof path, "%s/events.sqlite", folder);
  // Whoever calls takes care that one thread uses it at a time.
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(path, &self->database, flags, NULL) != SQLITE_OK ||
      run(self, "PRAGMA journal_mode=WAL") != 0 ||
      run(self, synced ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF") != 0 ||
      run(self, "PRAGMA mmap_size=4294967296") != 0 || run(self, TABLE) != 0 ||
      run(self, INDEX) != 0 || prepare(self, "BEGIN IMMEDIATE", &self->begin) != 0 ||
      prepare(self, "INSERT INTO events VALUES(?,?,?,?,?)", &self->insert) != 0 ||
      prepare(self, "COMMIT", &self->commit) != 0) {
    failed(self);
    close_store(self);
    return NULL;
  }
  return self;
}

static int step(struct self *self, sqlite3_stmt *statement) {
  int code = sqlite3_step(statement);
  sqlite3_reset(statement);
  return code == SQLITE_DONE ? 0 : failed(self);
}

static int append(void *context, const struct neighbour_record *records, const uint8_t *bytes,
                  size_t count) {
  struct self *self = context;
  if (count > 1 && step(self, self->begin) != 0) return -1;
  for (size_t index = 0; index < count; index++) {
    const struct neighbour_record *record = records + index;
    sqlite3_bind_int64(self->insert, 1, (sqlite3_int64)record->position);
    sqlite3_bind_int64(self->insert, 2, (sqlite3_int64)record->stream_kind);
    sqlite3_bind_int64(self->insert, 3, (sqlite3_int64)record->stream_number);
    sqlite3_bind_int64(self->insert, 4, (sqlite3_int64)record->version);
    sqlite3_bind_blob(self->insert, 5, bytes + record->start, (int)record->count, SQLITE_STATIC);
    if (step(self, self->insert) != 0) return -1;
  }
  // A single insert is its own transaction.
  return count > 1 ? step(self, self->commit) : 0;
}

static int replay(void *context, uint64_t *records, uint64_t *bytes) {
  struct self *self = context;
  sqlite3_stmt *select;
  if (prepare(self, "SELECT position, record FROM events ORDER BY position", &select) != 0) return -1;
  int code;
  sqlite3_int64 last = 0;
  while ((code = sqlite3_step(select)) == SQLITE_ROW) {
    size_t count = (size_t)sqlite3_column_bytes(select, 1);
    touch(sqlite3_column_blob(select, 1), count);
    last = sqlite3_column_int64(select, 0);
    *records += 1;
    *bytes += count;
  }
  sqlite3_finalize(select);
  if (code != SQLITE_DONE) return failed(self);
  return (uint64_t)last == *records ? 0 : fail("sqlite", "a position is missing");
}

static int settle(void *context) { return run(context, "PRAGMA wal_checkpoint(TRUNCATE)"); }

const struct store store_sqlite = {
    .version = sqlite3_libversion,
    .schema = TABLE "; " INDEX "; journal_mode=WAL synchronous=FULL mmap_size=4 GiB; one "
              "transaction a commit, callers wait for each other at a mutex",
    .concurrent = false,
    .open = open_store,
    .append = append,
    .replay = replay,
    .settle = settle,
    .close = close_store,
};
#endif
