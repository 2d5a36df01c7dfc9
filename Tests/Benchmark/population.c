/* population COUNT equal|differing COMMAND...: runs a command among COUNT sleeping processes, alone in a
   PID namespace of their own. Their adjustments are equal, or differ from one to the next. */
#define _GNU_SOURCE
#include <err.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

static void sleeper(int number) {
  FILE *file = fopen("/proc/self/oom_score_adj", "w");
  if (!file || fprintf(file, "%d\n", number) < 0 || fclose(file)) err(1, "oom_score_adj");
  execl("/bin/sleep", "sleep", "infinity", (char *)0);
  _exit(1);
}

static int live_among(int count, int differing, char **command) {
  if (mount("none", "/", 0, MS_REC | MS_PRIVATE, 0) || mount("proc", "/proc", "proc", 0, 0))
    err(1, "mount /proc");
  for (int i = 0; i < count; i++) {
    pid_t child = fork();
    if (child < 0) err(1, "fork");
    /* Each from 999 down: as many differing scores as the scale offers. */
    if (child == 0) sleeper(differing ? 999 - i * 2 % 998 : 0);
  }
  /* Until the last of them sleeps, its memory changes. */
  usleep(300000 + count * 200);
  pid_t child = fork();
  if (child == 0) {
    execvp(command[0], command);
    err(127, "%s", command[0]);
  }
  int status = 1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int count, char **words) {
  if (count < 4) errx(2, "population COUNT equal|differing COMMAND...");
  if (unshare(CLONE_NEWPID | CLONE_NEWNS)) err(1, "unshare (needs root)");
  pid_t first = fork();
  if (first < 0) err(1, "fork");
  /* With the first process of the namespace all others end. */
  if (first == 0) _exit(live_among(atoi(words[1]), !strcmp(words[2], "differing"), words + 3));
  int status;
  waitpid(first, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
