// What Swift cannot say itself: libedit's variadic calls, one wrapper for each argument shape, the C stream it draws on,
// signal handlers, and the terminal's modes at exit.
#ifndef CLIBEDIT_H
#define CLIBEDIT_H

#include <histedit.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Return values of a key function; libedit keeps them in a private header.
enum { CE_NORM = 0, CE_EOF = 2, CE_REFRESH = 4, CE_ERROR = 6 };

typedef unsigned char (*ce_key_function)(EditLine *, int);
typedef char *(*ce_prompt_function)(EditLine *);

// An editor on standard input and output, emacs keys, no signal handling. NULL: out of memory.
EditLine *ce_open(const char *name, void *client);
void *ce_client(EditLine *el);

void ce_set_reader(EditLine *el, int (*reader)(EditLine *, wchar_t *));
// Text between two `escape` characters of the prompt is sent to the terminal but takes no room.
void ce_set_prompt(EditLine *el, ce_prompt_function prompt, char escape);
void ce_set_history(EditLine *el, History *history);
void ce_set_raw(EditLine *el, bool raw);
void ce_set_tty_mode(EditLine *el, const char *which, const char *flag);
void ce_add_function(EditLine *el, const char *name, ce_key_function function);
void ce_bind(EditLine *el, const char *key, const char *function);
// The same in the alternate map: vi's command mode.
void ce_bind_alternate(EditLine *el, const char *key, const char *function);
void ce_refresh(EditLine *el);

History *ce_history_open(int limit);
void ce_history_enter(History *history, const char *line);

// Makes LC_CTYPE a UTF-8 one: the environment's, or else C.UTF-8.
void ce_use_utf8(void);
// -1: not printable.
int ce_width(uint32_t scalar);
bool ce_is_printable(uint32_t scalar);

// Writes to the stream libedit draws on, and flushes it.
void ce_write(const char *bytes, size_t count);
// Asks the terminal to mark pastes; switched off again at exit.
void ce_mark_pastes(bool on);
void ce_window_size(int *columns, int *rows);

// Remembers the terminal's modes, and puts them back at exit.
void ce_save_modes(void);
void ce_restore_modes(void);

// Both ends do not block and are not inherited. 0, or errno.
int ce_pipe(int *read_end, int *write_end);

// SIGWINCH, SIGCONT, SIGTERM and SIGHUP each set a bit and write a byte to the descriptor.
void ce_watch_signals(int descriptor);
void ce_unwatch_signals(void);
// The bits (1 << signal) since the last call.
uint32_t ce_take_signals(void);
// Stops this process as Ctrl-Z does; returns when it is continued, without a SIGCONT to take.
void ce_suspend(void);

#endif
