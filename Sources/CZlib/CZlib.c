#include "CZlib.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

unsigned char *cz_inflate(const unsigned char *input, size_t count, size_t limit, size_t *unpacked) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    /* 15 bits of window; 32 more tell gzip from zlib by the header. */
    if (inflateInit2(&stream, 15 + 32) != Z_OK) return NULL;
    size_t room = count * 4 + 1024, used = 0;
    unsigned char *output = NULL;
    int status = Z_OK;
    stream.next_in = (unsigned char *)input;
    stream.avail_in = (uInt)count;
    while (status == Z_OK && used <= limit) {
        unsigned char *larger = realloc(output, room);
        if (larger == NULL) break;
        output = larger;
        stream.next_out = output + used;
        stream.avail_out = (uInt)(room - used);
        status = inflate(&stream, Z_NO_FLUSH);
        used = room - stream.avail_out;
        if (stream.avail_out > 0 && status == Z_OK && stream.avail_in == 0) break;
        room *= 2;
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END || used > limit) {
        free(output);
        return NULL;
    }
    *unpacked = used;
    return output;
}
