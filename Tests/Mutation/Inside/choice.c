/* The mutant in force is a number in the executable, which `run` writes there: it reaches the program wherever
 * tests start it, needs no environment and makes no system call. */
#include "MutantChoice.h"
#include <fcntl.h>
#include <sys/mman.h>

enum { NOTE_WHAT_IS_REACHED = -2, MOST_MUTANTS = 1 << 16 };

static const volatile struct { char mark[16]; int number; } choice = {"oomctl's mutant:", -1};
static unsigned char *reached;

static __attribute__((constructor)) void begin(void) {
	if (choice.number != NOTE_WHAT_IS_REACHED)
		return;
	void *notes = mmap(0, MOST_MUTANTS, PROT_READ | PROT_WRITE, MAP_SHARED, open("@NOTES@", O_RDWR | O_CLOEXEC), 0);
	if (notes != MAP_FAILED)
		reached = notes;
}

_Bool is_chosen(int number) {
	if (reached)
		reached[number] = 1;
	return choice.number == number;
}
