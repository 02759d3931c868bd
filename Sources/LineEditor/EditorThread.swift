import Glibc

/// The thread that owns libedit: it edits one line when asked to, and prints what is posted in between.
enum EditorThread {
    static func start(
        _ mailbox: Mailbox,
        _ configuration: EditorConfiguration,
        _ completer: any LineCompleter
    ) throws(TerminalError) {
        // Made here, so that what fails is thrown; from then on the thread alone holds it.
        let editor = try Editor(mailbox, configuration, completer)
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        // libedit's incremental search recurses for each key.
        pthread_attr_setstacksize(&attributes, 8 << 20)
        let retained = Unmanaged.passRetained(editor)
        var thread = pthread_t()
        let error = pthread_create(
            &thread, &attributes,
            { argument in
                if let argument { Unmanaged<Editor>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, retained.toOpaque())
        guard error == 0 else {
            retained.release()
            throw .system(call: "pthread_create", errno: error)
        }
    }
}
