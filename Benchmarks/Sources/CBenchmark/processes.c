// A program run as a process of its own, and what it used by the kernel's count.
#define _GNU_SOURCE
#include "CBenchmark.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char **environ;

static int64_t nanoseconds(struct timeval time) {
  return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_usec * 1000;
}

static int run(char *const arguments[], const char *output, const char *errors,
               struct benchmark_process *process) {
  memset(process, 0, sizeof *process);
  posix_spawn_file_actions_t files;
  int error = posix_spawn_file_actions_init(&files);
  if (error) return error;
  int flags = O_CREAT | O_TRUNC | O_WRONLY;
  error = posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  if (!error) error = posix_spawn_file_actions_addopen(&files, 1, output, flags, 0644);
  if (!error) error = posix_spawn_file_actions_addopen(&files, 2, errors, flags, 0644);
  int64_t start = benchmark_wall_nanoseconds();
  pid_t child;
  if (!error) error = posix_spawnp(&child, arguments[0], &files, NULL, arguments, environ);
  posix_spawn_file_actions_destroy(&files);
  if (error) return error;
  struct rusage used;
  int status;
  while (wait4(child, &status, 0, &used) < 0) {
    if (errno != EINTR) return errno;
  }
  process->wall_nanoseconds = benchmark_wall_nanoseconds() - start;
  process->processor_nanoseconds = nanoseconds(used.ru_utime) + nanoseconds(used.ru_stime);
#if defined(__APPLE__)
  process->peak_bytes = used.ru_maxrss;
#else
  process->peak_bytes = (int64_t)used.ru_maxrss * 1024;
#endif
  process->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return 0;
}

int benchmark_run(const char *arguments, size_t count, const char *output, const char *errors,
                  struct benchmark_process *process) {
  char *texts = malloc(count);
  char **list = malloc((count + 1) * sizeof *list);
  int error = texts && list && count && !arguments[count - 1] ? 0 : EINVAL;
  if (!error) {
    memcpy(texts, arguments, count);
    size_t next = 0;
    for (char *text = texts; text < texts + count; text += strlen(text) + 1) list[next++] = text;
    list[next] = NULL;
    error = run(list, output, errors, process);
  }
  free(list);
  free(texts);
  return error;
}

int benchmark_run_between(int count, char *const arguments[]) {
  if (count < 3) return 1;
  struct benchmark_process process;
  int error = run(arguments + 2, arguments[0], arguments[1], &process);
  printf("%d %d %lld %lld %lld\n", error, process.status, (long long)process.wall_nanoseconds,
         (long long)process.processor_nanoseconds, (long long)process.peak_bytes);
  return fflush(stdout) ? 1 : 0;
}
