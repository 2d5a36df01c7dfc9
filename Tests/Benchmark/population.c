/* population COUNT equal|differing|wordy COMMAND...: runs a command among COUNT sleeping processes, alone in a
   PID namespace of their own. Their adjustments are equal, or differ from one to the next; wordy ones have 1.9 MB
   of arguments each, and are called so. */
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

/* The kernel takes 128 KiB a word, and a quarter of the stack's limit in all. */
static void talker(void) {
  enum { words = 15, length = 1900000 / words };
  static char text[length + 1];
  char *arguments[words + 3] = {"wordy", "--wait"};
  memset(text, 'x', length);
  for (int i = 0; i < words; i++) arguments[i + 2] = text;
  execv("/proc/self/exe", arguments);
  err(1, "exec");
}

static int live_among(int count, const char *kind, char **command) {
  int differing = !strcmp(kind, "differing"), wordy = !strcmp(kind, "wordy");
  if (mount("none", "/", 0, MS_REC | MS_PRIVATE, 0) || mount("proc", "/proc", "proc", 0, 0))
    err(1, "mount /proc");
  for (int i = 0; i < count; i++) {
    pid_t child = fork();
    if (child < 0) err(1, "fork");
    /* Each from 999 down: as many differing scores as the scale offers. */
    if (child == 0 && wordy) talker();
    if (child == 0) sleeper(differing ? 999 - i * 2 % 998 : 0);
  }
  if (wordy) usleep(count * 10000);
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
  if (count > 1 && !strcmp(words[1], "--wait")) {
    for (;;) pause();
  }
  if (count < 4) errx(2, "population COUNT equal|differing|wordy COMMAND...");
  if (unshare(CLONE_NEWPID | CLONE_NEWNS)) err(1, "unshare (needs root)");
  pid_t first = fork();
  if (first < 0) err(1, "fork");
  /* With the first process of the namespace all others end. */
  if (first == 0) _exit(live_among(atoi(words[1]), words[2], words + 3));
  int status;
  waitpid(first, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
