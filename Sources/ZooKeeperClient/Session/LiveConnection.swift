import DequeModule
import NIOCore

/// A request, and how long it may wait to be sent.
struct WaitingRequest {
    var request: PendingRequest
    var deadline: NIODeadline
    var wasRepeated = false
}

/// One connection that has a session, and what it still owes.
struct LiveConnection {
    var address: ServerAddress
    var inFlight: Deque<(xid: Int32, waiting: WaitingRequest)> = []
    /// Auth replies overtake others, so they have a queue of their own; nil stands for one sent again.
    var authsInFlight: Deque<(auth: AddAuth, request: PendingRequest?)> = []
    var lastSent: NIODeadline
    var lastReceived: NIODeadline

    /// The request that a reply is for: the oldest one, or the connection cannot be trusted any more.
    mutating func take(_ xid: Int32) throws(WireError) -> PendingRequest {
        guard let first = inFlight.first, first.xid == xid else {
            throw .unexpectedXid(xid, expected: inFlight.first?.xid)
        }
        inFlight.removeFirst()
        return first.waiting.request
    }
}
