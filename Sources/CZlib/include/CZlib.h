/* Decompression by zlib, whose entry point is a macro that Swift cannot call, and its files. */
#pragma once
#include <stddef.h>
#include <zlib.h>

/* Unpacks gzip or zlib data. The result is the caller's to free; NULL when the data is broken or unpacks to more than
   `limit` bytes. */
unsigned char *cz_inflate(const unsigned char *input, size_t count, size_t limit, size_t *unpacked);
