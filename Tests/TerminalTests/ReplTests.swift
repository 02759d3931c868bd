import TestSupport
import Testing

@Suite("The shell on a pseudo-terminal", .serialized)
struct ReplTests {}
