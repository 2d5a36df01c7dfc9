/* What `oomctl rank` is measured against: the least that any program must do to print the ten
   processes with the highest scores. No rule, no ties, no care for hostile names. */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TOP = 10 };
struct entry { long score; int pid; };

static ssize_t slurp(int folder, const char *path, char *buffer, size_t size) {
  int file = openat(folder, path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t count = read(file, buffer, size - 1);
  close(file);
  if (count >= 0) buffer[count] = 0;
  return count;
}

static void keep(struct entry *top, int *count, struct entry entry) {
  int place = *count;
  while (place > 0 && top[place - 1].score < entry.score) place--;
  if (place == TOP) return;
  if (*count < TOP) ++*count;
  memmove(top + place + 1, top + place, (*count - place - 1) * sizeof *top);
  top[place] = entry;
}

static const char *field(const char *status, const char *key) {
  const char *line = strstr(status, key);
  return line ? line + strlen(key) : "-";
}

int main(void) {
  struct entry top[TOP + 1];
  int count = 0;
  char path[300], text[4096];
  DIR *proc = opendir("/proc");
  for (struct dirent *item; (item = readdir(proc));) {
    if (!isdigit((unsigned char)item->d_name[0])) continue;
    snprintf(path, sizeof path, "%s/oom_score", item->d_name);
    if (slurp(dirfd(proc), path, text, sizeof text) <= 0) continue;
    keep(top, &count, (struct entry){atol(text), atoi(item->d_name)});
  }
  for (int i = 0; i < count; i++) {
    char adjustment[32];
    snprintf(path, sizeof path, "%d", top[i].pid);
    int folder = openat(dirfd(proc), path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || slurp(folder, "status", text, sizeof text) <= 0) continue;
    slurp(folder, "oom_score_adj", adjustment, sizeof adjustment);
    close(folder);
    printf("%2d %7d %5ld %5d %8.8s %8.8s %.15s\n", i + 1, top[i].pid, top[i].score,
           atoi(adjustment), field(text, "Uid:\t"), field(text, "VmRSS:"), field(text, "Name:\t"));
  }
  return 0;
}
