// The counting allocator. The functions below stand before the C library's for the whole process,
// the Swift runtime included, and hand on to it.
#define _GNU_SOURCE
#include "CBenchmark.h"

#include <errno.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#include <stdlib.h>
#include <time.h>

static bool counting;
static int64_t allocations;

void benchmark_count_allocations(bool on) {
  if (on) __atomic_store_n(&allocations, 0, __ATOMIC_RELAXED);
  __atomic_store_n(&counting, on, __ATOMIC_RELAXED);
}

#if defined(__GLIBC__)

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static inline void note(void) {
  if (__atomic_load_n(&counting, __ATOMIC_RELAXED)) {
    __atomic_fetch_add(&allocations, 1, __ATOMIC_RELAXED);
  }
}

void *malloc(size_t count) {
  note();
  return __libc_malloc(count);
}

void *calloc(size_t count, size_t size) {
  note();
  return __libc_calloc(count, size);
}

void *realloc(void *old, size_t count) {
  note();
  return __libc_realloc(old, count);
}

void *memalign(size_t alignment, size_t count) {
  note();
  return __libc_memalign(alignment, count);
}

void *aligned_alloc(size_t alignment, size_t count) { return memalign(alignment, count); }

int posix_memalign(void **result, size_t alignment, size_t count) {
  void *made = memalign(alignment, count);
  if (!made) return ENOMEM;
  *result = made;
  return 0;
}

int64_t benchmark_heap_bytes(void) {
  struct mallinfo2 facts = mallinfo2();
  return (int64_t)(facts.uordblks + facts.hblkhd);
}

int64_t benchmark_allocations(void) { return __atomic_load_n(&allocations, __ATOMIC_RELAXED); }

#else

int64_t benchmark_heap_bytes(void) { return -1; }

int64_t benchmark_allocations(void) { return -1; }

#endif

static int64_t now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t benchmark_processor_nanoseconds(void) { return now(CLOCK_THREAD_CPUTIME_ID); }

int64_t benchmark_wall_nanoseconds(void) { return now(CLOCK_MONOTONIC); }
