#define _GNU_SOURCE
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "store.h"

struct neighbour {
  const struct store *store;
  void *self;
};

static pthread_mutex_t error_lock = PTHREAD_MUTEX_INITIALIZER;
static char error_text[400] = "nothing";

int fail(const char *where, const char *what) {
  pthread_mutex_lock(&error_lock);
  snprintf(error_text, sizeof error_text, "%s: %s", where, what ? what : "no reason given");
  pthread_mutex_unlock(&error_lock);
  return -1;
}

const char *neighbour_error(void) { return error_text; }

static const struct store *store_of(int kind) {
  switch (kind) {
#if defined(NEIGHBOUR_HAS_SQLITE)
    case NEIGHBOUR_SQLITE: return &store_sqlite;
#endif
#if defined(NEIGHBOUR_HAS_LMDB)
    case NEIGHBOUR_LMDB: return &store_lmdb;
#endif
#if defined(NEIGHBOUR_HAS_ROCKSDB)
    case NEIGHBOUR_ROCKSDB: return &store_rocksdb;
#endif
    default: return NULL;
  }
}

const char *neighbour_version(int kind) {
  const struct store *store = store_of(kind);
  return store ? store->version() : NULL;
}

const char *neighbour_schema(int kind) {
  const struct store *store = store_of(kind);
  return store ? store->schema : "";
}

struct neighbour *neighbour_open(int kind, const char *folder, bool synced) {
  const struct store *store = store_of(kind);
  if (!store) {
    fail("open", "not compiled in");
    return NULL;
  }
  void *self = store->open(folder, synced);
  if (!self) return NULL;
  struct neighbour *opened = malloc(sizeof *opened);
  *opened = (struct neighbour){store, self};
  return opened;
}

int neighbour_append(struct neighbour *store, const struct neighbour_record *records,
                     const uint8_t *bytes, size_t count) {
  return store->store->append(store->self, records, bytes, count);
}

int neighbour_replay(struct neighbour *store, uint64_t *records, uint64_t *bytes) {
  *records = *bytes = 0;
  return store->store->replay(store->self, records, bytes);
}

int neighbour_settle(struct neighbour *store) { return store->store->settle(store->self); }

void neighbour_close(struct neighbour *store) {
  store->store->close(store->self);
  free(store);
}

// MARK: - Many callers

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

struct callers {
  struct neighbour *store;
  const struct neighbour_record *records;
  const uint8_t *bytes;
  size_t first;
  const size_t *ends;
  int each;
  int64_t *latencies;
  size_t next;
  bool failed;
  pthread_mutex_t writer;
  pthread_barrier_t start;
};

static void *call(void *context) {
  struct callers *all = context;
  bool alone = !all->store->store->concurrent;
  pthread_barrier_wait(&all->start);
  for (int done = 0; done < all->each; done++) {
    int64_t began = now();
    if (alone) pthread_mutex_lock(&all->writer);
    // Taken in turn: under the mutex the positions then ascend, as each store likes best.
    size_t index = __atomic_fetch_add(&all->next, 1, __ATOMIC_RELAXED);
    size_t start = index == 0 ? all->first : all->ends[index - 1];
    int code =
        neighbour_append(all->store, all->records + start, all->bytes, all->ends[index] - start);
    if (code != 0) __atomic_store_n(&all->failed, true, __ATOMIC_RELAXED);
    if (alone) pthread_mutex_unlock(&all->writer);
    all->latencies[index] = now() - began;
  }
  return NULL;
}

int64_t neighbour_append_by(struct neighbour *store, int callers,
                            const struct neighbour_record *records, const uint8_t *bytes,
                            size_t first, const size_t *ends, int each, int64_t *latencies) {
  struct callers all = {.store = store, .records = records, .bytes = bytes, .first = first,
                        .ends = ends, .each = each, .latencies = latencies};
  pthread_mutex_init(&all.writer, NULL);
  pthread_barrier_init(&all.start, NULL, (unsigned)callers + 1);
  pthread_t *threads = calloc((size_t)callers, sizeof *threads);
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 256 << 10);
  for (int index = 0; index < callers; index++) {
    if (pthread_create(&threads[index], &small, call, &all) != 0) {
      // Those that wait at the barrier cannot be called back.
      perror("pthread_create");
      abort();
    }
  }
  pthread_barrier_wait(&all.start);
  int64_t began = now();
  for (int index = 0; index < callers; index++) pthread_join(threads[index], NULL);
  int64_t took = now() - began;
  free(threads);
  pthread_attr_destroy(&small);
  pthread_barrier_destroy(&all.start);
  pthread_mutex_destroy(&all.writer);
  return all.failed ? -1 : took;
}

// MARK: - Sizes

uint64_t neighbour_folder_bytes(const char *folder) {
  uint64_t sum = 0;
  DIR *entries = opendir(folder);
  if (!entries) return 0;
  struct dirent *entry;
  while ((entry = readdir(entries))) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    struct stat facts;
    if (lstat(path, &facts) == 0 && S_ISREG(facts.st_mode)) sum += (uint64_t)facts.st_size;
  }
  closedir(entries);
  return sum;
}
