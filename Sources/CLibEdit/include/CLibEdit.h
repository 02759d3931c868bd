/* What Swift cannot reach of libedit and the C library: variadic calls, FILE pointers, signal handlers. No logic. */
#pragma once
#include <histedit.h>
#include <stddef.h>
#include <wchar.h>

typedef unsigned char (*ce_function)(EditLine *, int);
typedef int (*ce_getc)(EditLine *, wchar_t *);
typedef char *(*ce_prompt)(EditLine *);

/* libedit on the standard streams; its own complaints go nowhere. NULL when it cannot start. */
EditLine *ce_open(const char *name);
/* Takes another terminal type; -1 when there is no entry for it. NULL means $TERM. */
int ce_set_terminal(EditLine *el, const char *type);
int ce_set_editor(EditLine *el, const char *editor);
int ce_set_prompt(EditLine *el, ce_prompt prompt);
int ce_set_getc(EditLine *el, ce_getc reader);
int ce_set_client(EditLine *el, void *client);
void *ce_client(EditLine *el);
int ce_add_function(EditLine *el, const char *name, const char *help, ce_function function);
int ce_bind(EditLine *el, const char *key, const char *function);
/* The same in vi's command mode. */
int ce_bind_alternative(EditLine *el, const char *key, const char *function);
int ce_set_tty(EditLine *el, const char *mode, const char *setting);
int ce_set_signal(EditLine *el, int on);
int ce_prepare_terminal(EditLine *el, int raw);
int ce_refresh(EditLine *el);
int ce_set_history(EditLine *el, History *history);
int ce_history_size(History *history, int size);
int ce_history_enter(History *history, const char *line);

/* Standard output through the stream that libedit writes to. */
void ce_write(const char *bytes, size_t count);
void ce_flush(void);

int ce_width(wchar_t character);
/* A locale whose encoding is UTF-8, whatever the environment says. */
void ce_use_utf8(void);

/* Writes the number of each window, continue, terminate and hang-up signal as a byte to the descriptor. */
void ce_forward_signals(int descriptor);
void ce_stop_forwarding_signals(void);
