/// Keeps an idle session alive; its reply has the xid −2 and says only that the server lives.
enum Ping {
    static func encode(into writer: inout JuteWriter) {
        writer.write(SpecialXid.ping)
        writer.write(OpCode.ping.rawValue)
    }
}
