#define _GNU_SOURCE
#include "CLibEdit.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

EditLine *ce_open(const char *name, void *client) {
    // libedit complains about an unknown TERM on its error stream; ce_open answers that itself, below.
    static FILE *discard;
    if (!discard) discard = fopen("/dev/null", "we");
    FILE *errors = discard ? discard : stderr;
    EditLine *el = el_init_fd(name, stdin, stdout, errors, STDIN_FILENO, STDOUT_FILENO, fileno(errors));
    if (!el) return NULL;
    const char *term = getenv("TERM");
    if (term && *term && strcmp(term, "dumb") != 0 && el_set(el, EL_TERMINAL, (char *)NULL) == -1)
        el_set(el, EL_TERMINAL, "xterm");
    el_set(el, EL_CLIENTDATA, client);
    el_set(el, EL_SIGNAL, 0);
    el_set(el, EL_EDITOR, "emacs");
    return el;
}

void *ce_client(EditLine *el) {
    void *client = NULL;
    el_get(el, EL_CLIENTDATA, &client);
    return client;
}

void ce_set_reader(EditLine *el, int (*reader)(EditLine *, wchar_t *)) { el_set(el, EL_GETCFN, reader); }

void ce_set_prompt(EditLine *el, ce_prompt_function prompt, char escape) {
    el_set(el, EL_PROMPT_ESC, prompt, (int)escape);
}

void ce_set_history(EditLine *el, History *events) { el_set(el, EL_HIST, history, events); }

void ce_set_raw(EditLine *el, bool raw) { el_set(el, EL_PREP_TERM, (int)raw); }

void ce_set_tty_mode(EditLine *el, const char *which, const char *flag) {
    el_set(el, EL_SETTY, which, flag, (char *)NULL);
}

void ce_add_function(EditLine *el, const char *name, ce_key_function function) {
    el_set(el, EL_ADDFN, name, name, function);
}

void ce_bind(EditLine *el, const char *key, const char *function) {
    el_set(el, EL_BIND, key, function, (char *)NULL);
}

void ce_bind_alternate(EditLine *el, const char *key, const char *function) {
    el_set(el, EL_BIND, "-a", key, function, (char *)NULL);
}

void ce_refresh(EditLine *el) { el_set(el, EL_REFRESH); }

History *ce_history_open(int limit) {
    History *events = history_init();
    if (!events) return NULL;
    HistEvent event;
    history(events, &event, H_SETSIZE, limit);
    history(events, &event, H_SETUNIQUE, 1);
    return events;
}

void ce_history_enter(History *events, const char *line) {
    HistEvent event;
    history(events, &event, H_ENTER, line);
}

void ce_use_utf8(void) {
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

int ce_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

bool ce_is_printable(uint32_t scalar) { return iswprint((wint_t)scalar) != 0; }

void ce_write(const char *bytes, size_t count) {
    fwrite(bytes, 1, count, stdout);
    fflush(stdout);
}

void ce_window_size(int *columns, int *rows) {
    struct winsize size = {0};
    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    // The same stand-ins as libedit's: the layout is computed for the size it draws on.
    *columns = size.ws_col < 2 ? 80 : size.ws_col;
    *rows = size.ws_row < 1 ? 24 : size.ws_row;
}

// Modes of the terminal

static struct termios saved_modes;
static atomic_bool modes_saved, pastes_marked;

void ce_mark_pastes(bool on) {
    if (atomic_exchange(&pastes_marked, on) == on) return;
    const char *request = on ? "\033[?2004h" : "\033[?2004l";
    ce_write(request, strlen(request));
}

void ce_restore_modes(void) {
    if (atomic_load(&modes_saved)) tcsetattr(STDIN_FILENO, TCSADRAIN, &saved_modes);
}

static void leave_terminal(void) {
    if (!atomic_load(&modes_saved)) return;
    // Not if another job owns the terminal: tcsetattr would stop a process that is only trying to exit.
    if (tcgetpgrp(STDIN_FILENO) != getpgrp()) return;
    if (atomic_exchange(&pastes_marked, false)) (void)!write(STDOUT_FILENO, "\033[?2004l", 8);
    tcsetattr(STDIN_FILENO, TCSANOW, &saved_modes);
}

void ce_save_modes(void) {
    static atomic_bool registered;
    if (tcgetattr(STDIN_FILENO, &saved_modes) != 0) return;
    atomic_store(&modes_saved, true);
    if (!atomic_exchange(&registered, true)) atexit(leave_terminal);
}

// Waking the editor's thread

int ce_pipe(int *read_end, int *write_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return errno;
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}

static const int watched[] = {SIGWINCH, SIGCONT, SIGTERM, SIGHUP};
enum { WATCHED = sizeof watched / sizeof watched[0] };
static struct sigaction before[WATCHED];
static atomic_int wake_descriptor = -1;
static atomic_uint arrived;

static void note_signal(int number) {
    int error = errno;
    atomic_fetch_or(&arrived, 1u << number);
    int descriptor = atomic_load(&wake_descriptor);
    if (descriptor >= 0) (void)!write(descriptor, "", 1);
    errno = error;
}

void ce_watch_signals(int descriptor) {
    atomic_store(&wake_descriptor, descriptor);
    struct sigaction ours = {.sa_handler = note_signal, .sa_flags = SA_RESTART};
    sigemptyset(&ours.sa_mask);
    for (int i = 0; i < WATCHED; i++) {
        sigaction(watched[i], NULL, &before[i]);
        // `nohup` and the like: what was ignored stays ignored.
        if (before[i].sa_handler == SIG_IGN && watched[i] == SIGHUP) continue;
        sigaction(watched[i], &ours, NULL);
    }
}

void ce_unwatch_signals(void) {
    for (int i = 0; i < WATCHED; i++) sigaction(watched[i], &before[i], NULL);
    atomic_store(&wake_descriptor, -1);
}

uint32_t ce_take_signals(void) { return atomic_exchange(&arrived, 0); }

void ce_suspend(void) {
    // With the default action no SIGCONT is left over: it would be taken for one that came from elsewhere.
    struct sigaction ours, standard = {.sa_handler = SIG_DFL};
    sigaction(SIGCONT, &standard, &ours);
    raise(SIGTSTP);
    sigaction(SIGCONT, &ours, NULL);
}
