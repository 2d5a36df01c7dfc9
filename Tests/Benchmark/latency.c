/* latency COUNT VALUE: how long a guard that runs beside it takes to set a new program's adjustment.

   COUNT times it starts a program called `guarded`, for which the guard's rule must demand VALUE, as in
   "name:guarded = -500". The time is from just before execve(2) until the program finds the value in its
   own oom_score_adj; it looks all the while, for 2 s at most. Prints microseconds. */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ANSWER = 3, PATIENCE = 2000000000 };
struct answer { long whole, own; };

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

/* The program itself: tells how long it took since execve was called, and since its own first instruction. */
static int guarded(long called, int value) {
  long started = now(), time;
  int file = open("/proc/self/oom_score_adj", O_RDONLY | O_CLOEXEC), isSet = 0;
  do {
    char text[16] = "";
    if (pread(file, text, sizeof text - 1, 0) < 0) return 1;
    isSet = atoi(text) == value;
    time = now();
  } while (!isSet && time - started < PATIENCE);
  struct answer answer = {isSet ? time - called : LONG_MAX, isSet ? time - started : LONG_MAX};
  return write(ANSWER, &answer, sizeof answer) != sizeof answer;
}

static struct answer start(const char *path, const char *value) {
  int ends[2], status;
  struct answer answer;
  if (pipe(ends)) err(1, "pipe");
  pid_t child = fork();
  if (child < 0) err(1, "fork");
  if (child == 0) {
    char called[24];
    dup2(ends[1], ANSWER);
    snprintf(called, sizeof called, "%ld", now());
    execl(path, path, "--guarded", called, value, (char *)0);
    _exit(1);
  }
  close(ends[1]);
  if (read(ends[0], &answer, sizeof answer) != sizeof answer) errx(1, "%s: doesn't answer", path);
  close(ends[0]);
  waitpid(child, &status, 0);
  return answer;
}

static int ascending(const void *one, const void *other) {
  long a = *(const long *)one, b = *(const long *)other;
  return (a > b) - (a < b);
}

static void print(const char *name, long *times, int count) {
  qsort(times, count, sizeof *times, ascending);
  int there = count;
  while (there && times[there - 1] == LONG_MAX) there--;
  printf("%-12s", name);
  if (there)
    printf(" median %8.1f  99 %% %8.1f  worst %8.1f us", times[there / 2] / 1e3,
           times[(there - 1) * 99 / 100] / 1e3, times[there - 1] / 1e3);
  printf("  missed %d of %d\n", count - there, count);
}

int main(int count, char **words) {
  if (count == 4 && !strcmp(words[1], "--guarded")) return guarded(atol(words[2]), atoi(words[3]));
  int rounds = count == 3 ? atoi(words[1]) : 0;
  if (rounds <= 0) errx(2, "latency COUNT VALUE");

  char folder[] = "/tmp/oomctl-latency-XXXXXX", path[64], self[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length < 0 || !mkdtemp(folder)) err(1, "%s", folder);
  self[length] = 0;
  snprintf(path, sizeof path, "%s/guarded", folder);
  if (symlink(self, path)) err(1, "%s", path);

  long *whole = malloc(rounds * sizeof *whole), *own = malloc(rounds * sizeof *own);
  for (int i = 0; i < rounds; i++) {
    struct answer answer = start(path, words[2]);
    whole[i] = answer.whole;
    own[i] = answer.own;
    usleep(2000);
  }
  unlink(path);
  rmdir(folder);
  print("from execve", whole, rounds);
  print("from start", own, rounds);
  return own[rounds - 1] == LONG_MAX;
}
