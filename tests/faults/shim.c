/*
 * Makes one system call on the files of a folder fail, or ends the process at it.
 *
 * Loaded with LD_PRELOAD. FAULT_DIR is the folder, FAULT_LOG a file outside of it that gets a
 * line for each call: its name. FAULT_AT says which call it is, from 1, and FAULT_KIND what
 * happens there:
 *   kill    the process is killed before the call
 *   torn    half of what is to be written is written, then the process is killed
 *   once:N  the call fails with the error N
 *   lasts:N this call fails with the error N, and all later ones that change something
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILES = 4096 };

static const char *folder;
static size_t folder_length;
static int log_file = -1;
static long at;
static char kind;
static int error;
static atomic_long calls;
static atomic_char ours[FILES];

__attribute__((constructor)) static void begin(void) {
    const char *given = getenv("FAULT_DIR");
    if (!given)
        return;
    folder = given;
    folder_length = strlen(given);
    const char *log = getenv("FAULT_LOG");
    if (log) {
        int file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        log_file = file < 0 ? -1 : (int)syscall(SYS_fcntl, file, F_DUPFD_CLOEXEC, 512);
    }
    const char *place = getenv("FAULT_AT");
    at = place ? atol(place) : 0;
    const char *what = getenv("FAULT_KIND");
    if (what) {
        const char *number = strchr(what, ':');
        kind = what[0];
        error = number ? atoi(number + 1) : 0;
    }
}

static int is_ours(const char *path) {
    return folder && path && strncmp(path, folder, folder_length) == 0;
}

static int is_ours_open(int file) {
    return folder && file >= 0 && file < FILES && ours[file];
}

/* Whether the call is to fail; errno says how. `bytes` are what would be written. */
static int fails(const char *name, int changes, int file, const void *bytes, size_t count, off_t offset) {
    long number = ++calls;
    if (log_file >= 0) {
        char line[64];
        int length = snprintf(line, sizeof line, "%s\n", name);
        syscall(SYS_write, log_file, line, length);
    }
    int lasts = kind == 'l' && number > at && changes;
    if (!at || (number != at && !lasts))
        return 0;
    if (kind == 't' && bytes && count > 1)
        syscall(offset < 0 ? SYS_write : SYS_pwrite64, file, bytes, count / 2, offset);
    if (kind == 'k' || kind == 't') {
        syscall(SYS_kill, getpid(), SIGKILL);
        for (;;)
            pause();
    }
    errno = error;
    return 1;
}

static int fails_plainly(const char *name, int changes) {
    return fails(name, changes, -1, NULL, 0, -1);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int keep(int file) {
    if (file >= 0 && file < FILES)
        ours[file] = 1;
    return file;
}

static int open_at(const char *name, int folder_file, const char *path, int flags, mode_t mode) {
    int changes = (flags & (O_CREAT | O_TRUNC)) != 0 || (flags & O_ACCMODE) != O_RDONLY;
    if (!is_ours(path)) {
        int file = syscall(SYS_openat, folder_file, path, flags, mode);
        if (file >= 0 && file < FILES)
            ours[file] = 0;
        return file;
    }
    if (fails_plainly(name, changes))
        return -1;
    return keep(syscall(SYS_openat, folder_file, path, flags, mode));
}

#define MODE(flags, last)                                     \
    mode_t mode = 0;                                          \
    if (flags & (O_CREAT | __O_TMPFILE)) {                    \
        va_list rest;                                         \
        va_start(rest, last);                                 \
        mode = va_arg(rest, mode_t);                          \
        va_end(rest);                                         \
    }

int open(const char *path, int flags, ...) {
    MODE(flags, flags)
    return open_at("open", AT_FDCWD, path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    MODE(flags, flags)
    return open_at("open", AT_FDCWD, path, flags, mode);
}
int openat(int at_file, const char *path, int flags, ...) {
    MODE(flags, flags)
    return open_at("openat", at_file, path, flags, mode);
}
int openat64(int at_file, const char *path, int flags, ...) {
    MODE(flags, flags)
    return open_at("openat", at_file, path, flags, mode);
}
int close(int file) {
    if (is_ours_open(file)) {
        ours[file] = 0;
        /* A file is closed whatever is answered; an error is told all the same. */
        if (fails_plainly("close", 0)) {
            int told = errno;
            syscall(SYS_close, file);
            errno = told;
            return -1;
        }
    }
    return syscall(SYS_close, file);
}

ssize_t write(int file, const void *bytes, size_t count) {
    if (is_ours_open(file) && fails("write", 1, file, bytes, count, -1))
        return -1;
    return syscall(SYS_write, file, bytes, count);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    if (is_ours_open(file) && fails("pwrite", 1, file, bytes, count, offset))
        return -1;
    return syscall(SYS_pwrite64, file, bytes, count, offset);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    return pwrite(file, bytes, count, offset);
}
ssize_t writev(int file, const struct iovec *parts, int count) {
    if (is_ours_open(file) && fails_plainly("writev", 1))
        return -1;
    return syscall(SYS_writev, file, parts, count);
}
ssize_t read(int file, void *bytes, size_t count) {
    if (is_ours_open(file) && fails_plainly("read", 0))
        return -1;
    return syscall(SYS_read, file, bytes, count);
}
ssize_t pread(int file, void *bytes, size_t count, off_t offset) {
    if (is_ours_open(file) && fails_plainly("pread", 0))
        return -1;
    return syscall(SYS_pread64, file, bytes, count, offset);
}
ssize_t pread64(int file, void *bytes, size_t count, off64_t offset) {
    return pread(file, bytes, count, offset);
}

int fsync(int file) {
    if (is_ours_open(file) && fails_plainly("fsync", 1))
        return -1;
    /* What the kernel holds survives the process; a disk that takes its time proves nothing more. */
    return is_ours_open(file) ? 0 : (int)syscall(SYS_fsync, file);
}
int fdatasync(int file) {
    if (is_ours_open(file) && fails_plainly("fdatasync", 1))
        return -1;
    return is_ours_open(file) ? 0 : (int)syscall(SYS_fdatasync, file);
}
int ftruncate(int file, off_t length) {
    if (is_ours_open(file) && fails_plainly("ftruncate", 1))
        return -1;
    return syscall(SYS_ftruncate, file, length);
}
int ftruncate64(int file, off64_t length) { return ftruncate(file, length); }
int fchmod(int file, mode_t mode) {
    if (is_ours_open(file) && fails_plainly("fchmod", 1))
        return -1;
    return syscall(SYS_fchmod, file, mode);
}
int fchown(int file, uid_t user, gid_t group) {
    if (is_ours_open(file) && fails_plainly("fchown", 1))
        return -1;
    return syscall(SYS_fchown, file, user, group);
}
int fallocate(int file, int how, off_t offset, off_t length) {
    if (is_ours_open(file) && fails_plainly("fallocate", 1))
        return -1;
    return syscall(SYS_fallocate, file, how, offset, length);
}
int fallocate64(int file, int how, off64_t offset, off64_t length) { return fallocate(file, how, offset, length); }

static int control(int file, int command, void *argument) {
    if (is_ours_open(file) && fails_plainly("fcntl", 0))
        return -1;
    int got = syscall(SYS_fcntl, file, command, argument);
    if ((command == F_DUPFD || command == F_DUPFD_CLOEXEC) && is_ours_open(file))
        keep(got);
    return got;
}
int fcntl(int file, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return control(file, command, argument);
}
int fcntl64(int file, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return control(file, command, argument);
}

#define ON_PATH(result, name, changes, parameters, path, arguments) \
    result name parameters {                                        \
        if (is_ours(path) && fails_plainly(#name, changes))         \
            return (result)-1;                                      \
        return REAL(name) arguments;                                \
    }
ON_PATH(int, unlink, 1, (const char *path), path, (path))
ON_PATH(int, rmdir, 1, (const char *path), path, (path))
ON_PATH(int, mkdir, 1, (const char *path, mode_t mode), path, (path, mode))
ON_PATH(int, chmod, 1, (const char *path, mode_t mode), path, (path, mode))
ON_PATH(int, access, 0, (const char *path, int mode), path, (path, mode))
ON_PATH(int, rename, 1, (const char *path, const char *to), path, (path, to))
ON_PATH(int, link, 1, (const char *path, const char *to), path, (path, to))
ON_PATH(int, stat, 0, (const char *restrict path, struct stat *restrict to), path, (path, to))
ON_PATH(int, lstat, 0, (const char *restrict path, struct stat *restrict to), path, (path, to))
ON_PATH(int, stat64, 0, (const char *restrict path, struct stat64 *restrict to), path, (path, to))
ON_PATH(int, lstat64, 0, (const char *restrict path, struct stat64 *restrict to), path, (path, to))
ON_PATH(ssize_t, readlink, 0, (const char *restrict path, char *restrict to, size_t size), path, (path, to, size))

int linkat(int from_file, const char *path, int to_file, const char *to, int flags) {
    if (is_ours(path) && fails_plainly("linkat", 1))
        return -1;
    return syscall(SYS_linkat, from_file, path, to_file, to, flags);
}
int unlinkat(int at_file, const char *path, int flags) {
    if (is_ours(path) && fails_plainly("unlinkat", 1))
        return -1;
    return syscall(SYS_unlinkat, at_file, path, flags);
}
int statx(int at_file, const char *restrict path, int flags, unsigned mask, struct statx *restrict to) {
    if (is_ours(path) && fails_plainly("statx", 0))
        return -1;
    return syscall(SYS_statx, at_file, path, flags, mask, to);
}
int fstat(int file, struct stat *to) {
    if (is_ours_open(file) && fails_plainly("fstat", 0))
        return -1;
    return REAL(fstat)(file, to);
}
int fstat64(int file, struct stat64 *to) {
    if (is_ours_open(file) && fails_plainly("fstat", 0))
        return -1;
    return REAL(fstat64)(file, to);
}
DIR *opendir(const char *path) {
    if (is_ours(path) && fails_plainly("opendir", 0))
        return NULL;
    return REAL(opendir)(path);
}
