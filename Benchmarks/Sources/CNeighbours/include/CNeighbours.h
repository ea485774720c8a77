#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The stores beside which the log is measured. Each is compiled in where its trait is on.
enum neighbour_kind { NEIGHBOUR_SQLITE = 0, NEIGHBOUR_LMDB = 1, NEIGHBOUR_ROCKSDB = 2 };

/// One record: the bytes of the log's own encoding, and what it is found by.
struct neighbour_record {
  uint64_t position;
  uint64_t stream_kind;
  uint64_t stream_number;
  uint64_t version;
  /// Where its bytes begin in those given beside it.
  uint64_t start;
  uint64_t count;
};

/// An open store.
struct neighbour;

/// The version of the library, or null where it is not compiled in.
const char *neighbour_version(int kind);

/// How records are kept and what is set, in one line.
const char *neighbour_schema(int kind);

/// Opens a new store in `folder`, which must exist and be empty. With `synced`, an append is on the
/// disk when it returns. Returns null on failure: see `neighbour_error`.
struct neighbour *neighbour_open(int kind, const char *folder, bool synced);

/// Appends `count` records as one transaction; an error where a position or a version of a stream is
/// there already. Returns 0, or -1.
int neighbour_append(struct neighbour *store, const struct neighbour_record *records,
                     const uint8_t *bytes, size_t count);

/// Reads every record with its position, ascending from 1, and touches its bytes. Returns 0, or -1.
int neighbour_replay(struct neighbour *store, uint64_t *records, uint64_t *bytes);

/// Lets the store tidy up: what its makers advise before its size is taken. Returns 0, or -1.
int neighbour_settle(struct neighbour *store);

/// Closes the store.
void neighbour_close(struct neighbour *store);

/// Appends actions from `callers` threads, each a transaction of its own: action `i` is the records
/// from `ends[i - 1]`, or `first` for the first, to below `ends[i]`. A caller takes the next action
/// when its last one is on the disk, `each` times. SQLite and LMDB have one writer at a time, so callers wait for
/// each other at a mutex; RocksDB takes all at once and groups their commits itself.
///
/// Writes each action's nanoseconds, the wait included, to `latencies`. Returns the nanoseconds of
/// the whole, or -1.
int64_t neighbour_append_by(struct neighbour *store, int callers,
                            const struct neighbour_record *records, const uint8_t *bytes,
                            size_t first, const size_t *ends, int each, int64_t *latencies);

/// What went wrong last, in this thread or a caller's.
const char *neighbour_error(void);

/// The bytes of all files in `folder`, whose length is what counts.
uint64_t neighbour_folder_bytes(const char *folder);
