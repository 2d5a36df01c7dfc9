/* What the Swift overlay of the C library leaves out. Declarations only. */
#pragma once

#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/filter.h>
#include <linux/magic.h>
#include <linux/netlink.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/vfs.h>

/* These calls have no wrapper in older C libraries, and Swift imports no variadic function: they are
   `syscall` itself under signatures that fit. (Swift 6.3 can't compile two of them in one file.) */
extern long linux_openat2(
    long number, int directory, const char *path, const struct open_how *how, size_t size)
    __asm__("syscall");
extern long linux_pidfd_open(long number, int pid, unsigned int flags) __asm__("syscall");
extern long linux_kcmp(
    long number, int one, int other, int type, unsigned long first, unsigned long second)
    __asm__("syscall");
extern long linux_getdents64(long number, int directory, void *buffer, size_t size)
    __asm__("syscall");
extern long linux_pidfd_send_signal(
    long number, int pidfd, int signal, unsigned long information, unsigned int flags)
    __asm__("syscall");

extern long linux_rt_sigprocmask(
    long number, int how, const unsigned long long *set, unsigned long long *former, size_t size)
    __asm__("syscall");

/* sysinfo(2) under a name of its own: Swift takes `sysinfo` for the structure alone. */
extern int linux_sysinfo(struct sysinfo *information) __asm__("sysinfo");

/* prctl(2), which is variadic too. */
extern int linux_prctl(
    int option, unsigned long second, unsigned long third, unsigned long fourth,
    unsigned long fifth) __asm__("prctl");

/* fork(2) under another name: Swift withholds it, as it loses the other threads; here there are none. */
extern int linux_fork(void) __asm__("fork");

/* pipe2(2), which the C library shows only to those who define _GNU_SOURCE. */
extern int linux_pipe2(int *ends, int flags) __asm__("pipe2");
