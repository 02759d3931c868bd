/* Message digests: libmd's SHA-1, for the ids of ZooKeeper's digest scheme. */
#pragma once
#include <sys/types.h>
#include <sha1.h>
