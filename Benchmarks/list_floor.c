/* The floor for whole trees: a C program on one blocking socket that reads a subtree in multiRead batches of 500, four in
   flight, and prints the paths; with a third argument "data" it reads data too, children only of znodes that have some.

   list_floor HOST-ADDRESS PORT PATH [data] */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 500, WINDOW = 4, GET_DATA = 4, GET_CHILDREN = 8, MULTI_READ = 22 };

static int sock;
static char *out;
static size_t out_length, out_capacity;

static void put(const void *bytes, size_t count) {
    while (out_length + count > out_capacity) {
        out_capacity = out_capacity ? out_capacity * 2 : 1 << 20;
        if (!(out = realloc(out, out_capacity))) exit(1);
    }
    memcpy(out + out_length, bytes, count);
    out_length += count;
}
static void put_int(int32_t value) {
    value = (int32_t)htonl((uint32_t)value);
    put(&value, 4);
}
static void put_byte(char value) { put(&value, 1); }
static int32_t int_at(const char *bytes) {
    int32_t value;
    memcpy(&value, bytes, 4);
    return (int32_t)ntohl((uint32_t)value);
}
static void send_all(void) {
    for (size_t sent = 0; sent < out_length;) {
        ssize_t count = write(sock, out + sent, out_length - sent);
        if (count <= 0) exit(1);
        sent += (size_t)count;
    }
    out_length = 0;
}
static char *frame;
static size_t frame_capacity;
static size_t read_frame(void) {
    char head[4];
    for (size_t got = 0; got < 4;) {
        ssize_t count = read(sock, head + got, 4 - got);
        if (count <= 0) exit(1);
        got += (size_t)count;
    }
    size_t length = (size_t)int_at(head);
    if (length > frame_capacity && !(frame = realloc(frame, frame_capacity = length))) exit(1);
    for (size_t got = 0; got < length;) {
        ssize_t count = read(sock, frame + got, length - got);
        if (count <= 0) exit(1);
        got += (size_t)count;
    }
    return length;
}

typedef struct {
    char **paths;
    size_t count, capacity, next;
} Queue;
static void push(Queue *queue, char *path) {
    if (queue->count == queue->capacity) {
        queue->capacity = queue->capacity ? queue->capacity * 2 : 1024;
        if (!(queue->paths = realloc(queue->paths, queue->capacity * sizeof *queue->paths))) exit(1);
    }
    queue->paths[queue->count++] = path;
}

typedef struct {
    char *paths[BATCH];
    int count, op;
} Batch;

static void ask(Queue *queue, int op, Batch *batch) {
    size_t start = out_length;
    put_int(0);
    put_int(1);
    put_int(MULTI_READ);
    batch->count = 0;
    batch->op = op;
    while (batch->count < BATCH && queue->next < queue->count) {
        char *path = queue->paths[queue->next++];
        int32_t length = (int32_t)strlen(path);
        put_int(op);
        put_byte(0);
        put_int(-1);
        put_int(length);
        put(path, (size_t)length);
        put_byte(0);
        batch->paths[batch->count++] = path;
    }
    put_int(-1);
    put_byte(1);
    put_int(-1);
    int32_t length = (int32_t)htonl((uint32_t)(out_length - start - 4));
    memcpy(out + start, &length, 4);
    send_all();
}

int main(int argc, char **argv) {
    if (argc < 4) return 2;
    int with_data = argc > 4;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2]))};
    inet_pton(AF_INET, argv[1], &address.sin_addr);
    sock = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(sock, (struct sockaddr *)&address, sizeof address)) return 1;
    int on = 1;
    setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    char hello[48] = {0};
    int32_t value = (int32_t)htonl(44);
    memcpy(hello, &value, 4);
    value = (int32_t)htonl(30000);
    memcpy(hello + 16, &value, 4);
    value = (int32_t)htonl(16);
    memcpy(hello + 28, &value, 4);
    put(hello, sizeof hello);
    send_all();
    read_frame();

    static char printed[1 << 16];
    setvbuf(stdout, printed, _IOFBF, sizeof printed);
    Queue data = {0}, parents = {0};
    push(with_data ? &data : &parents, strdup(argv[3]));
    static Batch flight[WINDOW];
    int first = 0, in_flight = 0;
    size_t bytes = 0;
    while (1) {
        while (in_flight < WINDOW && (data.next < data.count || parents.next < parents.count)) {
            Batch *batch = &flight[(first + in_flight++) % WINDOW];
            if (parents.next < parents.count) ask(&parents, GET_CHILDREN, batch);
            else ask(&data, GET_DATA, batch);
        }
        if (!in_flight) break;
        Batch *batch = &flight[first];
        first = (first + 1) % WINDOW;
        in_flight--;
        read_frame();
        const char *at = frame + 16;
        for (int i = 0; i < batch->count; i++) {
            int type = int_at(at);
            at += 9;
            if (type == -1) {
                at += 4;
            } else if (type == GET_DATA) {
                int32_t length = int_at(at);
                at += 4 + (length > 0 ? length : 0);
                bytes += (size_t)(length > 0 ? length : 0);
                puts(batch->paths[i]);
                if (int_at(at + 56) > 0) push(&parents, batch->paths[i]);
                at += 68;
            } else {
                if (!with_data) puts(batch->paths[i]);
                int32_t count = int_at(at);
                at += 4;
                size_t prefix = strlen(batch->paths[i]);
                if (prefix == 1) prefix = 0;
                while (count-- > 0) {
                    int32_t length = int_at(at);
                    at += 4;
                    char *path = malloc(prefix + (size_t)length + 2);
                    if (!path) return 1;
                    memcpy(path, batch->paths[i], prefix);
                    path[prefix] = '/';
                    memcpy(path + prefix + 1, at, (size_t)length);
                    path[prefix + 1 + (size_t)length] = 0;
                    at += length;
                    push(with_data ? &data : &parents, path);
                }
            }
        }
    }
    put_int(8);
    put_int(2);
    put_int(-11);
    send_all();
    read_frame();
    if (with_data) fprintf(stderr, "%zu bytes of data\n", bytes);
    return 0;
}
