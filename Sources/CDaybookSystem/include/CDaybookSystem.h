#ifndef CDAYBOOK_SYSTEM_H
#define CDAYBOOK_SYSTEM_H

// What the C library's Swift module lacks, or what differs between Linux and Darwin.
// Calls that can fail return 0 or an errno, so that no errno is lost on the way.

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Gives the file room for `count` bytes from `offset`, and at least that size.
int daybook_allocate(int descriptor, int64_t offset, int64_t count);

/// Writes the file's data, and what is needed to find it, through to the disk.
int daybook_sync_data(int descriptor);

/// Fills `bytes` with `count` random bytes of the system.
int daybook_random(void *_Nonnull bytes, size_t count);

/// The name in a directory entry, zero-terminated; it lives as long as the entry.
const char *_Nonnull daybook_entry_name(const struct dirent *_Nonnull entry);

/// A thread as a number, which a pointer is on Darwin.
typedef uintptr_t daybook_thread;

/// Starts a thread that calls `run` with `argument`.
int daybook_thread_start(
    daybook_thread *_Nonnull made, void (*_Nonnull run)(void *_Nonnull), void *_Nonnull argument);
int daybook_thread_join(daybook_thread thread);
int daybook_thread_detach(daybook_thread thread);
bool daybook_thread_is_current(daybook_thread thread);

/// Names the calling thread in debuggers and profiles; at most 15 bytes are kept.
void daybook_name_thread(const char *_Nonnull name);

/// How many columns the terminal behind the descriptor has; 0 when it is none.
int daybook_terminal_columns(int descriptor);

/// Lets the first SIGINT or SIGTERM only be noted; a second one ends the process as it always does.
void daybook_note_end_signals(void);

/// Whether one was noted.
bool daybook_end_was_asked(void);

/// A counting semaphore.
typedef struct daybook_semaphore daybook_semaphore;

daybook_semaphore *_Nullable daybook_semaphore_make(void);
void daybook_semaphore_destroy(daybook_semaphore *_Nonnull semaphore);
void daybook_semaphore_signal(daybook_semaphore *_Nonnull semaphore);
void daybook_semaphore_wait(daybook_semaphore *_Nonnull semaphore);

/// Takes a signal that comes within `nanoseconds`, without letting the processor go; false if none does.
bool daybook_semaphore_spin(daybook_semaphore *_Nonnull semaphore, int64_t nanoseconds);

/// Waits at most so long, on a clock that is never set; whether it was signalled.
bool daybook_semaphore_wait_for(daybook_semaphore *_Nonnull semaphore, int64_t nanoseconds);

/// Loads a word that others may be storing; what they had done before storing it is seen after.
static inline uint64_t daybook_load_acquire(const uint64_t *_Nonnull word) {
  return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

/// Stores a word that others may be loading; what was done before is seen by who loads it.
static inline void daybook_store_release(uint64_t *_Nonnull word, uint64_t value) {
  __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

#endif
