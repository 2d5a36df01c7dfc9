/* hog ACTION...: a process that uses memory as the actions say, one after the other, and then sleeps.
   Ready for that, or where "ready" says so, it closes its standard output.

     name=S       the process' name             adj=N      its adjustment
     group=PATH   join that memory cgroup       anon=MIB   use private memory
     shmem=MIB    use shared memory             ready      close the output now
     memfd=MIB    use a memfd(2)                unlinked=MIB  use a file of /dev/shm without a name
     huge=MIB     use huge pages
     wait         go on at SIGUSR1              grow=N     use memory until the kernel has killed N more
     exit         don't sleep
     fork ... .   a child does the actions up to the dot, then sleeps
     share ... .  the same, by a child that shares this process' memory but isn't a thread of it */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

static void act(char **action);

static void touch(char *bytes, size_t size) {
  for (size_t i = 0; i < size; i += 4096) bytes[i] = 1;
}

static void use(size_t mib, int sharing) {
  size_t size = mib << 20;
  char *bytes = mmap(0, size, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1, 0);
  if (bytes == MAP_FAILED) err(1, "mmap");
  /* Page by page, or the kernel may give more than was asked for. */
  madvise(bytes, size, MADV_NOHUGEPAGE);
  touch(bytes, size);
}

static void use_file(size_t mib, int file) {
  size_t size = mib << 20;
  if (file < 0 || ftruncate(file, size)) err(1, "file");
  char *bytes = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (bytes == MAP_FAILED) err(1, "mmap");
  close(file);
  touch(bytes, size);
}

static int unlinked(void) {
  char name[] = "/dev/shm/hog-XXXXXX";
  int file = mkstemp(name);
  unlink(name);
  return file;
}

static void use_huge(size_t mib) {
  size_t huge = 2 << 20, size = mib << 20;
  char *bytes = mmap(0, size + huge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (bytes == MAP_FAILED) err(1, "mmap");
  bytes += huge - (size_t)bytes % huge;
  madvise(bytes, size, MADV_HUGEPAGE);
  touch(bytes, size);
}

static void put(const char *folder, const char *file, const char *text) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  int descriptor = open(path, O_WRONLY);
  if (descriptor < 0 || write(descriptor, text, strlen(text)) < 0) err(1, "%s", path);
  close(descriptor);
}

static long kills_since_boot(void) {
  static char text[16384];
  int descriptor = open("/proc/vmstat", O_RDONLY);
  ssize_t length = 0, more;
  while ((more = read(descriptor, text + length, sizeof text - 1 - length)) > 0) length += more;
  close(descriptor);
  text[length] = 0;
  char *line = strstr(text, "\noom_kill ");
  if (!line) errx(1, "no oom_kill in /proc/vmstat");
  return atol(line + strlen("\noom_kill "));
}

static void grow(long kills) {
  for (kills += kills_since_boot(); kills_since_boot() < kills;) use(1, MAP_PRIVATE);
}

static void wait_for_signal(void) {
  int number;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigwait(&set, &number);
}

static int sleep_for_ever(void) {
  for (;;) pause();
  return 0;
}

struct child {
  char **actions;
  int done;
};

static int run_child(void *words) {
  struct child child = *(struct child *)words;
  close(STDOUT_FILENO);
  act(child.actions);
  close(child.done);
  return sleep_for_ever();
}

/* Returns the dot, once the child has done what comes before it. */
static char **start_child(char **actions, int flags) {
  int ends[2];
  if (pipe(ends)) err(1, "pipe");
  struct child child = {actions, ends[1]};
  size_t stack = 65536;
  if (clone(run_child, (char *)malloc(stack) + stack, flags | SIGCHLD, &child) < 0) err(1, "clone");
  close(ends[1]);
  char byte;
  while (read(ends[0], &byte, 1) > 0) {}
  close(ends[0]);
  while (strcmp(*actions, ".")) actions++;
  return actions;
}

static void act(char **action) {
  for (; *action && strcmp(*action, "."); action++) {
    char *value = strchr(*action, '=');
    size_t length = value ? (size_t)(value++ - *action) : strlen(*action);
#define IS(name) (length == strlen(name) && !strncmp(*action, name, length))
    if (IS("name")) prctl(PR_SET_NAME, value);
    else if (IS("adj")) put("/proc/self", "oom_score_adj", value);
    else if (IS("group")) put(value, "cgroup.procs", "0");
    else if (IS("anon")) use(strtoul(value, 0, 10), MAP_PRIVATE);
    else if (IS("shmem")) use(strtoul(value, 0, 10), MAP_SHARED);
    else if (IS("memfd")) use_file(strtoul(value, 0, 10), memfd_create("hog", 0));
    else if (IS("unlinked")) use_file(strtoul(value, 0, 10), unlinked());
    else if (IS("huge")) use_huge(strtoul(value, 0, 10));
    else if (IS("ready")) close(STDOUT_FILENO);
    else if (IS("wait")) wait_for_signal();
    else if (IS("grow")) grow(atol(value));
    else if (IS("exit")) exit(0);
    else if (IS("fork")) action = start_child(action + 1, 0);
    else if (IS("share")) action = start_child(action + 1, CLONE_VM);
    else errx(2, "no action %s", *action);
  }
}

int main(int count, char **words) {
  /* From the start, so that the signal can't come too early. */
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, 0);
  (void)count;
  act(words + 1);
  close(STDOUT_FILENO);
  return sleep_for_ever();
}
