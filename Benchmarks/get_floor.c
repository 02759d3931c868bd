/* The least a one-shot get can cost: one blocking socket, four steps. Connect and handshake, getData, closeSession. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static unsigned char frame[4 << 20];

static size_t put(unsigned char *at, uint32_t value) {
    value = htonl(value);
    memcpy(at, &value, 4);
    return 4;
}

static void transmit(int socket, size_t length) {
    put(frame, (uint32_t)length);
    if (write(socket, frame, length + 4) != (ssize_t)(length + 4)) exit(2);
}

static void receive_all(int socket, unsigned char *at, size_t count) {
    while (count > 0) {
        ssize_t got = read(socket, at, count);
        if (got <= 0) exit(2);
        at += got;
        count -= (size_t)got;
    }
}

static size_t receive(int socket) {
    uint32_t length;
    receive_all(socket, (unsigned char *)&length, 4);
    length = ntohl(length);
    if (length > sizeof frame) exit(2);
    receive_all(socket, frame, length);
    return length;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2]))};
    inet_pton(AF_INET, argv[1], &address.sin_addr);
    int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(server, (struct sockaddr *)&address, sizeof address) != 0) return 2;

    memset(frame, 0, 64);
    put(frame + 16, 30000);
    put(frame + 28, 16);
    transmit(server, 45);
    receive(server);

    size_t path = strlen(argv[3]), at = 4;
    at += put(frame + at, 1);
    at += put(frame + at, 4);
    at += put(frame + at, (uint32_t)path);
    memcpy(frame + at, argv[3], path);
    at += path;
    frame[at++] = 0;
    transmit(server, at - 4);
    receive(server);
    uint32_t error, length;
    memcpy(&error, frame + 12, 4);
    if (error != 0) return 1;
    memcpy(&length, frame + 16, 4);
    length = ntohl(length);
    if (length != UINT32_MAX) fwrite(frame + 20, 1, length, stdout);
    fflush(stdout);

    at = 4;
    at += put(frame + at, 2);
    at += put(frame + at, (uint32_t)-11);
    transmit(server, at - 4);
    receive(server);
    return 0;
}
