/* measure ROUNDS A... -- B...: runs two commands in turn and prints the median of each, of their
   quotient, and the highest resident size of A. What they print goes nowhere. A status of 1 is as good as 0:
   what is measured may well find that something can't be done. */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;
struct run { double wall, cpu; long resident; };

static struct run timed(char **command) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  struct timespec start, end;
  struct rusage usage;
  pid_t child;
  int status;
  clock_gettime(CLOCK_MONOTONIC, &start);
  if (posix_spawnp(&child, command[0], &actions, 0, command, environ)) err(1, "%s", command[0]);
  wait4(child, &status, 0, &usage);
  clock_gettime(CLOCK_MONOTONIC, &end);
  posix_spawn_file_actions_destroy(&actions);
  if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) errx(1, "%s: status %d", command[0], status);
  return (struct run){
      (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) / 1e6,
      (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
          (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3,
      usage.ru_maxrss};
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, int count) {
  qsort(values, count, sizeof *values, ascending);
  return values[count / 2];
}

int main(int count, char **words) {
  int rounds = count > 1 ? atoi(words[1]) : 0, split = 2;
  while (split < count && strcmp(words[split], "--")) split++;
  if (rounds < 1 || split + 1 >= count) errx(2, "measure ROUNDS A... -- B...");
  char **a = words + 2, **b = words + split + 1;
  words[split] = 0;
  double *columns[5];
  for (int i = 0; i < 5; i++) columns[i] = calloc(rounds, sizeof(double));
  long resident = 0;
  timed(a), timed(b);
  for (int i = 0; i < rounds; i++) {
    struct run one = timed(a), other = timed(b);
    columns[0][i] = one.wall, columns[1][i] = other.wall;
    columns[2][i] = one.wall / other.wall;
    columns[3][i] = one.cpu, columns[4][i] = other.cpu;
    if (one.resident > resident) resident = one.resident;
  }
  printf("%.2f ms %.2f ms x %.2f cpu %.2f %.2f ms %ld KiB\n",
         median(columns[0], rounds), median(columns[1], rounds), median(columns[2], rounds),
         median(columns[3], rounds), median(columns[4], rounds), resident);
  return 0;
}
