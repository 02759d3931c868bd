#define _GNU_SOURCE
#include "CLibEdit.h"
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

EditLine *ce_open(const char *name) {
    FILE *nowhere = fopen("/dev/null", "w");
    if (nowhere == NULL) return NULL;
    return el_init_fd(name, stdin, stdout, nowhere, STDIN_FILENO, STDOUT_FILENO, fileno(nowhere));
}

int ce_set_terminal(EditLine *el, const char *type) { return el_set(el, EL_TERMINAL, type); }
int ce_set_editor(EditLine *el, const char *editor) { return el_set(el, EL_EDITOR, editor); }
int ce_set_prompt(EditLine *el, ce_prompt prompt) { return el_set(el, EL_PROMPT_ESC, prompt, '\1'); }
int ce_set_getc(EditLine *el, ce_getc reader) { return el_set(el, EL_GETCFN, reader); }
int ce_set_client(EditLine *el, void *client) { return el_set(el, EL_CLIENTDATA, client); }

void *ce_client(EditLine *el) {
    void *client = NULL;
    el_get(el, EL_CLIENTDATA, &client);
    return client;
}

int ce_add_function(EditLine *el, const char *name, const char *help, ce_function function) {
    return el_set(el, EL_ADDFN, name, help, function);
}

int ce_bind(EditLine *el, const char *key, const char *function) {
    return el_set(el, EL_BIND, key, function, NULL);
}

int ce_bind_alternative(EditLine *el, const char *key, const char *function) {
    return el_set(el, EL_BIND, "-a", key, function, NULL);
}

int ce_set_tty(EditLine *el, const char *mode, const char *setting) {
    return el_set(el, EL_SETTY, mode, setting, NULL);
}

int ce_set_signal(EditLine *el, int on) { return el_set(el, EL_SIGNAL, on); }
int ce_prepare_terminal(EditLine *el, int raw) { return el_set(el, EL_PREP_TERM, raw); }
int ce_refresh(EditLine *el) { return el_set(el, EL_REFRESH); }
int ce_set_history(EditLine *el, History *list) { return el_set(el, EL_HIST, history, list); }

int ce_history_size(History *list, int size) {
    HistEvent event;
    return history(list, &event, H_SETSIZE, size);
}

int ce_history_enter(History *list, const char *line) {
    HistEvent event;
    return history(list, &event, H_ENTER, line);
}

void ce_write(const char *bytes, size_t count) { fwrite(bytes, 1, count, stdout); }
void ce_flush(void) { fflush(stdout); }
int ce_width(wchar_t character) { return wcwidth(character); }

void ce_use_utf8(void) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

static volatile int signal_descriptor = -1;
static const int forwarded[] = {SIGWINCH, SIGCONT};

static void forward(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    if (signal_descriptor >= 0 && write(signal_descriptor, &byte, 1) < 0) { /* The pipe is full of wake-ups. */ }
    errno = saved;
}

void ce_forward_signals(int descriptor) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = forward;
    action.sa_flags = SA_RESTART;
    signal_descriptor = descriptor;
    for (size_t i = 0; i < sizeof forwarded / sizeof *forwarded; i++) sigaction(forwarded[i], &action, NULL);
}

void ce_stop_forwarding_signals(void) {
    for (size_t i = 0; i < sizeof forwarded / sizeof *forwarded; i++) signal(forwarded[i], SIG_DFL);
    signal_descriptor = -1;
}
