/* hog ACTION...: a process that uses memory as the actions say, one after the other, and then sleeps.
   Ready for that, or where "ready" says so, it closes its standard output.

     name=S       the process' name             adj=N      its adjustment
     group=PATH   join that cgroup              anon=MIB   use private memory
     shmem=MIB    use shared memory             ready      close the output now
     wait         go on at SIGUSR1              grow=N     use memory until the kernel has killed N more
     exit         don't sleep                   tell=FIFO  wake who reads from it
     huge=MIB     use private memory in huge pages, where the kernel has some
     memfd=MIB    use shared memory that is a file without a name, and goes with the process
     unlinked=MIB the same, a file in /dev/shm whose name is gone
     tmpfs=MIB    use shared memory that is a file in /tmpfs, and stays
     file=MIB     map and read the disk /dev/vdb, from where the last such action ended; at=MIB goes there
     lock         keep all that is used from here on in RAM
     bind=NODE    take memory only from that node; prefer=NODE: rather from there
     mbind=NODE   the same as bind, but for what the next action uses alone
     threads=N    start N threads that sleep
     leave        the first thread ends, the others live on
     idle         run only when nobody else does
     exec ...     become that program
     fork ... .   a child does the actions up to the dot, then sleeps
     share ... .  the same, by a child that shares this process' memory but isn't a thread of it
     vfork ... .  the same, and this process waits for the child's end
     hold ... .   the same as fork, but the child is traced: once killed, it neither ends nor gives its
                  memory back until this process ends */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <linux/mempolicy.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { page = 4096, huge_page = 2 << 20 };

static void act(char **action);

/* The node that the next memory is bound to; negative: none. */
static long bound_node = -1;

static char *map(size_t size, int flags, int descriptor, off_t start) {
  int protection = descriptor < 0 || flags & MAP_SHARED ? PROT_READ | PROT_WRITE : PROT_READ;
  char *bytes = mmap(0, size, protection, flags, descriptor, start);
  if (bytes == MAP_FAILED) err(1, "mmap");
  unsigned long nodes = 1UL << bound_node;
  if (bound_node >= 0 && syscall(SYS_mbind, bytes, size, MPOL_BIND, &nodes, 64UL, 0UL)) err(1, "mbind");
  bound_node = -1;
  return bytes;
}

static void touch(char *bytes, size_t size) {
  for (size_t i = 0; i < size; i += page) bytes[i] = 1;
}

static void use(size_t size, int flags, int descriptor) {
  char *bytes = map(size, flags, descriptor, 0);
  /* Page by page, or the kernel may give more than was asked for. */
  madvise(bytes, size, MADV_NOHUGEPAGE);
  touch(bytes, size);
}

static void use_huge(size_t size) {
  char *bytes = map(size + huge_page, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  bytes += huge_page - (size_t)bytes % huge_page;
  madvise(bytes, size, MADV_HUGEPAGE);
  touch(bytes, size);
}

static void use_descriptor(int descriptor, size_t size) {
  if (descriptor < 0 || ftruncate(descriptor, (off_t)size)) err(1, "file");
  use(size, MAP_SHARED, descriptor);
  close(descriptor);
}

/* A file that was just made; without path it has no name. */
static void use_file(const char *path, size_t size) {
  use_descriptor(
      path ? open(path, O_RDWR | O_CREAT | O_EXCL, 0600) : memfd_create("hog", 0), size);
}

static void use_unlinked(size_t size) {
  char name[] = "/dev/shm/hog-XXXXXX";
  int descriptor = mkstemp(name);
  unlink(name);
  use_descriptor(descriptor, size);
}

static const char *kept_path(void) {
  static char path[64];
  static int number;
  snprintf(path, sizeof path, "/tmpfs/%d.%d", getpid(), number++);
  return path;
}

static size_t mib(const char *number) { return strtoul(number, 0, 10) << 20; }

static off_t disk_offset = 0;

static void read_disk(size_t size) {
  int descriptor = open("/dev/vdb", O_RDONLY);
  if (descriptor < 0) err(1, "/dev/vdb");
  volatile char *bytes = map(size, MAP_PRIVATE, descriptor, disk_offset);
  for (size_t i = 0; i < size; i += page) (void)bytes[i];
  disk_offset += (off_t)size;
  close(descriptor);
}

static void set_policy(int mode, long node) {
  unsigned long nodes = 1UL << node;
  if (syscall(SYS_set_mempolicy, mode, &nodes, 64UL)) err(1, "set_mempolicy");
}

static void put(const char *folder, const char *file, const char *text) {
  char path[256];
  snprintf(path, sizeof path, "%s%s%s", folder, file ? "/" : "", file ? file : "");
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
  for (kills += kills_since_boot(); kills_since_boot() < kills;) use(256 << 10, MAP_PRIVATE | MAP_ANONYMOUS, -1);
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

static void run_idle(void) {
  struct sched_param none = {0};
  if (sched_setscheduler(0, SCHED_IDLE, &none)) err(1, "sched_setscheduler");
}

static void become(char **words) {
  execvp(*words, words);
  err(1, "%s", *words);
}

static void leave(void) {
  close(STDOUT_FILENO);
  pthread_exit(0);
}

static void *thread(void *nothing) {
  sleep_for_ever();
  return nothing;
}

static void start_threads(long count) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 65536);
  pthread_t ignored;
  while (count-- > 0)
    if (pthread_create(&ignored, &attributes, thread, 0)) errx(1, "no thread");
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

static pid_t started;

/* Returns the dot, once the child has done what comes before it. */
static char **start_child(char **actions, int flags) {
  int ends[2];
  if (pipe(ends)) err(1, "pipe");
  struct child child = {actions, ends[1]};
  size_t stack = 65536;
  /* Who waits for its child can't close it later. */
  if (flags & CLONE_VFORK) close(STDOUT_FILENO);
  started = clone(run_child, (char *)malloc(stack) + stack, flags | SIGCHLD, &child);
  if (started < 0) err(1, "clone");
  close(ends[1]);
  char byte;
  while (read(ends[0], &byte, 1) > 0) {}
  close(ends[0]);
  while (strcmp(*actions, ".")) actions++;
  return actions;
}

static void trace(pid_t child) {
  if (ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_TRACEEXIT)) err(1, "ptrace");
}

static void act(char **action) {
  for (; *action && strcmp(*action, "."); action++) {
    char *value = strchr(*action, '=');
    size_t length = value ? (size_t)(value++ - *action) : strlen(*action);
#define IS(name) (length == strlen(name) && !strncmp(*action, name, length))
    if (IS("name")) prctl(PR_SET_NAME, value);
    else if (IS("adj")) put("/proc/self", "oom_score_adj", value);
    else if (IS("group")) put(value, "cgroup.procs", "0");
    else if (IS("anon")) use(mib(value), MAP_PRIVATE | MAP_ANONYMOUS, -1);
    else if (IS("shmem")) use(mib(value), MAP_SHARED | MAP_ANONYMOUS, -1);
    else if (IS("huge")) use_huge(mib(value));
    else if (IS("memfd")) use_file(0, mib(value));
    else if (IS("unlinked")) use_unlinked(mib(value));
    else if (IS("tmpfs")) use_file(kept_path(), mib(value));
    else if (IS("at")) disk_offset = (off_t)mib(value);
    else if (IS("file")) read_disk(mib(value));
    else if (IS("lock")) mlockall(MCL_FUTURE);
    else if (IS("bind")) set_policy(MPOL_BIND, atol(value));
    else if (IS("prefer")) set_policy(MPOL_PREFERRED, atol(value));
    else if (IS("mbind")) bound_node = atol(value);
    else if (IS("threads")) start_threads(atol(value));
    else if (IS("leave")) leave();
    else if (IS("idle")) run_idle();
    else if (IS("exec")) become(action + 1);
    else if (IS("ready")) close(STDOUT_FILENO);
    else if (IS("wait")) wait_for_signal();
    else if (IS("grow")) grow(atol(value));
    else if (IS("exit")) exit(0);
    else if (IS("tell")) put(value, 0, "\n");
    else if (IS("fork")) action = start_child(action + 1, 0);
    else if (IS("share")) action = start_child(action + 1, CLONE_VM);
    else if (IS("vfork")) action = start_child(action + 1, CLONE_VM | CLONE_VFORK);
    else if (IS("hold")) {
      action = start_child(action + 1, 0);
      trace(started);
    }
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
