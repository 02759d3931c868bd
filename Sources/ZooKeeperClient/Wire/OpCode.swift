/// The operations of the protocol, with their numbers on the wire.
public enum OpCode: Int32, Sendable, Hashable {
    /// The operation's number.
    case create = 1
    case delete = 2
    case exists = 3
    case getData = 4
    case setData = 5
    case getACL = 6
    case setACL = 7
    case getChildren = 8
    case sync = 9
    case ping = 11
    case getChildren2 = 12
    /// Only ever inside a multi: alone it is never answered by a 3.8.0 server and can corrupt an ensemble.
    case check = 13
    case multi = 14
    case create2 = 15
    case reconfig = 16
    case checkWatches = 17
    case removeWatches = 18
    case createContainer = 19
    case createTTL = 21
    case multiRead = 22
    case auth = 100
    case setWatches = 101
    case sasl = 102
    case getEphemerals = 103
    case getAllChildrenNumber = 104
    case setWatches2 = 105
    case addWatch = 106
    case whoAmI = 107
    case closeSession = -11

    /// Whether the operation changes nothing, so that it can be repeated when its fate is unknown.
    public var isRead: Bool {
        switch self {
        case .exists, .getData, .getACL, .getChildren, .sync, .ping, .getChildren2, .multiRead, .getEphemerals,
            .getAllChildrenNumber, .whoAmI, .checkWatches, .addWatch, .setWatches, .setWatches2:
            true
        case .create, .delete, .setData, .setACL, .check, .multi, .create2, .reconfig, .removeWatches,
            .createContainer, .createTTL, .auth, .sasl, .closeSession:
            false
        }
    }
}
