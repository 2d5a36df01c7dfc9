/* storm VALUE [COUNT [GUARDED]]: whether a guard that runs beside it misses anybody.

   Starts COUNT (20000) programs that end at once, on all processors as fast as it can, and spread among them
   GUARDED (50) called `guarded`, for which the guard's rule must demand VALUE. Each of these lives 1.5 s, and
   then looks at its own oom_score_adj. Prints how many found another value. */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;
static char passing[64], guarded[64];

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static int holds(int value) {
  char text[16] = "";
  usleep(1500000);
  int file = open("/proc/self/oom_score_adj", O_RDONLY | O_CLOEXEC);
  return read(file, text, sizeof text - 1) > 0 && atoi(text) == value;
}

static pid_t start(char *path, char *value) {
  pid_t child;
  char *words[] = {path, value, 0};
  int failure = posix_spawn(&child, path, 0, 0, words, environ);
  if (failure) errx(1, "%s: %s", path, strerror(failure));
  return child;
}

struct result { double end; int missed; };

/* One processor's share: when all was started, and how many were missed. */
static struct result share(int count, int watched, char *value) {
  pid_t *waiting = calloc(watched + 1, sizeof *waiting);
  int started = 0, status;
  for (int i = 0; i < count; i++) {
    while (started < watched && (long)started * count <= (long)i * watched)
      waiting[started++] = start(guarded, value);
    waitpid(start(passing, value), &status, 0);
  }
  struct result result = {now(), 0};
  for (int i = 0; i < started; i++) {
    waitpid(waiting[i], &status, 0);
    result.missed += status != 0;
  }
  return result;
}

static int named(const char *path, const char *name) {
  const char *last = strrchr(path, '/');
  return !strcmp(last ? last + 1 : path, name);
}

int main(int count, char **words) {
  if (count == 2 && named(words[0], "passing")) return 0;
  if (count == 2 && named(words[0], "guarded")) return !holds(atoi(words[1]));
  int total = count > 2 ? atoi(words[2]) : 20000, watched = count > 3 ? atoi(words[3]) : 50;
  if (count < 2 || count > 4 || total <= 0 || watched < 0)
    errx(2, "storm VALUE [COUNT [GUARDED]]");

  char folder[] = "/tmp/oomctl-storm-XXXXXX", self[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length < 0 || !mkdtemp(folder)) err(1, "%s", folder);
  self[length] = 0;
  snprintf(passing, sizeof passing, "%s/passing", folder);
  snprintf(guarded, sizeof guarded, "%s/guarded", folder);
  if (symlink(self, passing) || symlink(self, guarded)) err(1, "%s", folder);

  int processors = sysconf(_SC_NPROCESSORS_ONLN), ends[2], missed = 0;
  if (pipe(ends)) err(1, "pipe");
  double begin = now(), end = begin;
  for (long i = 0; i < processors; i++) {
    pid_t child = fork();
    if (child < 0) err(1, "fork");
    if (child > 0) continue;
    struct result result =
        share(total * (i + 1) / processors - total * i / processors,
              watched * (i + 1) / processors - watched * i / processors, words[1]);
    _exit(write(ends[1], &result, sizeof result) != sizeof result);
  }
  close(ends[1]);
  for (int i = 0; i < processors; i++) {
    struct result result;
    if (read(ends[0], &result, sizeof result) != sizeof result) errx(1, "a worker failed");
    if (result.end > end) end = result.end;
    missed += result.missed;
  }
  unlink(passing);
  unlink(guarded);
  rmdir(folder);
  printf("%d programs in %.1f s, %.0f a second; missed %d of %d\n", total, end - begin,
         total / (end - begin), missed, watched);
  return missed != 0;
}
