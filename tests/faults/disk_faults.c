/* A disk that fails at the Nth operation on files below one folder.
 *
 * Loaded before the C library (LD_PRELOAD), so that SQLite and Python meet the fault where a real
 * disk would give it: as the answer of a system call. Nothing fails until fault_arm() is called.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { NONE, FULL, FAILING, SHORT, KILLED, SYNC, RENAME };
enum group { WRITES, SYNCS, RENAMES, GROUPS };

static char folder[PATH_MAX];
static size_t folder_length;
static enum kind armed = NONE;
static long at, seen[GROUPS], injected;
static int lasting;

void fault_arm(const char *home, int kind, long nth, int for_good)
{
    folder_length = strlen(home);
    memcpy(folder, home, folder_length + 1);
    memset(seen, 0, sizeof seen);
    injected = 0;
    at = nth;
    lasting = for_good;
    armed = (enum kind)kind;
}

void fault_disarm(void) { armed = NONE; }
long fault_seen(int group) { return seen[group]; }
long fault_injected(void) { return injected; }

static int is_inside(const char *path) { return strncmp(path, folder, folder_length) == 0; }

static int is_ours(int handle)
{
    char link[32], path[PATH_MAX];
    if (folder_length == 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_inside(path);
}

/* Counts one operation and tells whether this one fails. */
static int fails(enum group group)
{
    static const enum group wanted[] = {GROUPS, WRITES, WRITES, WRITES, WRITES, SYNCS, RENAMES};
    long number = ++seen[group];
    if (wanted[armed] != group) return 0;
    if (number != at && !(lasting && number > at)) return 0;
    injected++;
    return 1;
}

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_pwrite64)(int, const void *, size_t, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_ftruncate64)(int, off64_t);
static int (*real_rename)(const char *, const char *);

__attribute__((constructor)) static void find_real(void)
{
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite");
    real_pwrite64 = dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
    real_ftruncate64 = dlsym(RTLD_NEXT, "ftruncate64");
    real_rename = dlsym(RTLD_NEXT, "rename");
}

/* Decides a write: how many bytes to let through, or -1 with errno set. */
static ssize_t let_through(int handle, size_t count)
{
    if (armed == NONE && folder_length == 0) return (ssize_t)count;
    if (!is_ours(handle) || !fails(WRITES)) return (ssize_t)count;
    if (armed == KILLED || (armed == SHORT && count > 1)) return (ssize_t)(count / 2);
    errno = armed == FAILING ? EIO : ENOSPC;
    return -1;
}

static void die_if_told(size_t count, ssize_t passed)
{
    if (armed == KILLED && passed != (ssize_t)count) kill(getpid(), SIGKILL);
}

ssize_t write(int handle, const void *data, size_t count)
{
    ssize_t passed = let_through(handle, count);
    ssize_t done = passed < 0 ? -1 : real_write(handle, data, (size_t)passed);
    die_if_told(count, passed);
    return done;
}

ssize_t pwrite(int handle, const void *data, size_t count, off_t place)
{
    ssize_t passed = let_through(handle, count);
    ssize_t done = passed < 0 ? -1 : real_pwrite(handle, data, (size_t)passed, place);
    die_if_told(count, passed);
    return done;
}

ssize_t pwrite64(int handle, const void *data, size_t count, off64_t place)
{
    ssize_t passed = let_through(handle, count);
    ssize_t done = passed < 0 ? -1 : real_pwrite64(handle, data, (size_t)passed, place);
    die_if_told(count, passed);
    return done;
}

static int may_change(int handle, enum group group)
{
    if (folder_length == 0 || !is_ours(handle) || !fails(group)) return 1;
    if (armed == KILLED) kill(getpid(), SIGKILL);
    errno = armed == FULL || armed == SHORT ? ENOSPC : EIO;
    return 0;
}

int fsync(int handle) { return may_change(handle, SYNCS) ? real_fsync(handle) : -1; }
int fdatasync(int handle) { return may_change(handle, SYNCS) ? real_fdatasync(handle) : -1; }

int ftruncate(int handle, off_t length)
{
    return may_change(handle, WRITES) ? real_ftruncate(handle, length) : -1;
}

int ftruncate64(int handle, off64_t length)
{
    return may_change(handle, WRITES) ? real_ftruncate64(handle, length) : -1;
}

int rename(const char *from, const char *to)
{
    if (folder_length != 0 && is_inside(to) && fails(RENAMES)) {
        errno = EIO;
        return -1;
    }
    return real_rename(from, to);
}
