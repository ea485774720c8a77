#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include "CDaybookSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#if defined(__APPLE__)
#include <dispatch/dispatch.h>
#include <sys/random.h>
#else
#include <semaphore.h>
#include <sys/random.h>
#endif

int daybook_allocate(int descriptor, int64_t offset, int64_t count) {
#if defined(__APPLE__)
  struct stat facts;
  if (fstat(descriptor, &facts) != 0) return errno;
  int64_t end = offset + count;
  if (facts.st_size >= end) return 0;
  fstore_t room = {F_ALLOCATEALL, F_PEOFPOSMODE, 0, end - facts.st_size, 0};
  if (fcntl(descriptor, F_PREALLOCATE, &room) != 0) return errno;
  return ftruncate(descriptor, end) == 0 ? 0 : errno;
#else
  int failure;
  do {
    failure = fallocate(descriptor, 0, offset, count) == 0 ? 0 : errno;
  } while (failure == EINTR);
  // A file system without the call gets its zeros written by the C library.
  if (failure == EOPNOTSUPP || failure == ENOSYS) {
    failure = posix_fallocate(descriptor, offset, count);
  }
  return failure;
#endif
}

int daybook_sync_data(int descriptor) {
#if defined(__APPLE__)
  // fsync there stops at the drive's cache.
  return fcntl(descriptor, F_FULLFSYNC) == -1 ? errno : 0;
#else
  return fdatasync(descriptor) == 0 ? 0 : errno;
#endif
}

int daybook_random(void *bytes, size_t count) {
  unsigned char *next = bytes;
  while (count > 0) {
    // Both calls refuse more than 256 bytes at once, or may be cut short above them.
    size_t part = count < 256 ? count : 256;
    if (getentropy(next, part) != 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    next += part;
    count -= part;
  }
  return 0;
}

const char *daybook_entry_name(const struct dirent *entry) { return entry->d_name; }

struct start {
  void (*run)(void *);
  void *argument;
};

static void *run_start(void *given) {
  struct start start = *(struct start *)given;
  free(given);
  start.run(start.argument);
  return NULL;
}

int daybook_thread_start(daybook_thread *made, void (*run)(void *), void *argument) {
  struct start *start = malloc(sizeof *start);
  if (!start) return ENOMEM;
  *start = (struct start){run, argument};
  pthread_t thread;
  int failure = pthread_create(&thread, NULL, run_start, start);
  if (failure != 0) {
    free(start);
    return failure;
  }
  *made = (daybook_thread)thread;
  return 0;
}

int daybook_thread_join(daybook_thread thread) { return pthread_join((pthread_t)thread, NULL); }

int daybook_thread_detach(daybook_thread thread) { return pthread_detach((pthread_t)thread); }

bool daybook_thread_is_current(daybook_thread thread) {
  return pthread_equal((pthread_t)thread, pthread_self()) != 0;
}

void daybook_name_thread(const char *name) {
  char kept[16] = {0};
  for (int index = 0; index < 15 && name[index] != 0; index++) kept[index] = name[index];
#if defined(__APPLE__)
  pthread_setname_np(kept);
#else
  pthread_setname_np(pthread_self(), kept);
#endif
}

static volatile sig_atomic_t end_was_asked = 0;

static void note_end(int signal) {
  (void)signal;
  end_was_asked = 1;
}

void daybook_note_end_signals(void) {
  struct sigaction action = {0};
  action.sa_handler = note_end;
  // The second one finds the system's own handling: who is stuck can still be ended.
  action.sa_flags = SA_RESETHAND;
  sigemptyset(&action.sa_mask);
  const int signals[] = {SIGINT, SIGTERM};
  for (int index = 0; index < 2; index++) {
    struct sigaction before;
    // Started with the signal ignored, as behind nohup, the process goes on ignoring it.
    if (sigaction(signals[index], 0, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    sigaction(signals[index], &action, 0);
  }
}

bool daybook_end_was_asked(void) { return end_was_asked != 0; }

int daybook_terminal_columns(int descriptor) {
  struct winsize size = {0};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

#if defined(__APPLE__)

// Unnamed POSIX semaphores do not exist there.
struct daybook_semaphore {
  dispatch_semaphore_t inner;
};

daybook_semaphore *daybook_semaphore_make(void) {
  daybook_semaphore *made = malloc(sizeof *made);
  if (made) made->inner = dispatch_semaphore_create(0);
  return made;
}

void daybook_semaphore_destroy(daybook_semaphore *semaphore) {
  dispatch_release(semaphore->inner);
  free(semaphore);
}

void daybook_semaphore_signal(daybook_semaphore *semaphore) {
  dispatch_semaphore_signal(semaphore->inner);
}

void daybook_semaphore_wait(daybook_semaphore *semaphore) {
  dispatch_semaphore_wait(semaphore->inner, DISPATCH_TIME_FOREVER);
}

static bool taken(daybook_semaphore *semaphore) {
  return dispatch_semaphore_wait(semaphore->inner, DISPATCH_TIME_NOW) == 0;
}

bool daybook_semaphore_wait_for(daybook_semaphore *semaphore, int64_t nanoseconds) {
  return dispatch_semaphore_wait(
             semaphore->inner, dispatch_time(DISPATCH_TIME_NOW, nanoseconds)) == 0;
}

#else

struct daybook_semaphore {
  sem_t inner;
};

daybook_semaphore *daybook_semaphore_make(void) {
  daybook_semaphore *made = malloc(sizeof *made);
  if (made && sem_init(&made->inner, 0, 0) != 0) {
    free(made);
    made = NULL;
  }
  return made;
}

void daybook_semaphore_destroy(daybook_semaphore *semaphore) {
  sem_destroy(&semaphore->inner);
  free(semaphore);
}

void daybook_semaphore_signal(daybook_semaphore *semaphore) { sem_post(&semaphore->inner); }

void daybook_semaphore_wait(daybook_semaphore *semaphore) {
  while (sem_wait(&semaphore->inner) != 0 && errno == EINTR) {
  }
}

static bool taken(daybook_semaphore *semaphore) { return sem_trywait(&semaphore->inner) == 0; }

bool daybook_semaphore_wait_for(daybook_semaphore *semaphore, int64_t nanoseconds) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  int64_t fraction = until.tv_nsec + nanoseconds % 1000000000;
  until.tv_sec += nanoseconds / 1000000000 + fraction / 1000000000;
  until.tv_nsec = fraction % 1000000000;
  int result;
  do {
    result = sem_clockwait(&semaphore->inner, CLOCK_MONOTONIC, &until);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

#endif

static void rest_a_little(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb");
#endif
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

bool daybook_semaphore_spin(daybook_semaphore *semaphore, int64_t nanoseconds) {
  int64_t end = now() + nanoseconds;
  do {
    for (int i = 0; i < 8; i++) {
      if (taken(semaphore)) return true;
      rest_a_little();
    }
  } while (now() < end);
  return false;
}
