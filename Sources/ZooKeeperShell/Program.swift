import CommandLanguage

/// What the program is, for its help, man page and completions.
enum Program {
    static let spec = ProgramSpec(
        name: "zkcli",
        version: Version.number,
        summary: Options.spec.summary,
        description: [
            """
            zkcli talks to an Apache ZooKeeper ensemble. With a command it runs that command and ends. Without one it \
            is an interactive shell when standard input is a terminal, and runs the lines of standard input when it is \
            not.
            """,
            """
            Results go to standard output and nothing else does; messages go to standard error. A run always closes \
            its session, so that ephemeral znodes do not linger.
            """,
            """
            Commands, flags and the order of arguments are those of zkCli.sh. Flags may stand anywhere after the \
            command; -- ends them. In the shell and in scripts, words are separated by blanks; a word that begins with \
            a quote runs to the closing quote; inside double quotes \\" and \\\\ are escapes; outside quotes a backslash \
            makes a blank, a quote or a backslash part of the word; quotes in the middle of a word stand for \
            themselves, so that {"a":1} needs no quoting; # at the start of a word begins a comment.
            """,
            """
            At the prompt, operators are words of their own, with blanks around them: ; separates commands, > FILE and \
            >> FILE write the results to a file, < FILE reads data from one, and | hands the results to what follows, \
            which is a line of the local shell. & at the end of a watch puts it in the background; jobs and kill \
            manage such watches. A backslash at the end of a line continues it in the next one. !LINE runs a line of \
            the local shell, and !! the line before.
            """,
            """
            While a line is typed, the syntax of what may follow stands in grey behind it. Tab completes commands, \
            flags, values, znodes and local files; Tab twice lists what there is. Up and Down find lines that begin \
            with what was typed, Ctrl-R lines that contain something. In listings bold blue has children, yellow is \
            ephemeral, cyan is sequential; servers do not tell containers and znodes with a TTL from others.
            """,
        ],
        options: Options.spec,
        vocabulary: CommandTable.vocabulary,
        groups: CommandTable.groups,
        sections: [
            (
                title: "WATCH",
                body: """
                watch follows znodes until interrupted. Each line has a time, a type and a path. Initial and Missing \
                tell the state at the start; NodeCreated, NodeDeleted, NodeDataChanged and NodeChildrenChanged are \
                changes; Disconnected, Reconnected and Expired tell of the session. After a reconnect the znodes \
                under watch are compared with what was known, and what changed meanwhile is reported as resynced: \
                the final state is then known, but changes in between may have left no trace, as the line says.
                """
            ),
            (
                title: "EXIT STATUS",
                body: """
                0: done. 1: the server refused (no such znode, version, permission, …) or a comparison is false \
                (exists). 2: the command line makes no sense. 3: no connection, session lost, or time-out; a write \
                then says whether it may have been applied. 4: authentication failed. 5: only partly done. 130: \
                interrupted.
                """
            ),
            (
                title: "ENVIRONMENT",
                body: """
                ZKCLI_SERVER: the connect string when -s is not given. ZKCLI_PROFILE: the profile when -p is not given. ZKCLI_HISTORY: the history file; empty for \
                none. NO_COLOR: no colours. EDITRC: the editor's settings, ~/.editrc if not set.
                """
            ),
            (
                title: "FILES",
                body: """
                ~/.config/zkcli/config: named ensembles. Lines KEY = VALUE under a line [NAME]; what stands before the \
                first name holds for all. The keys are server, timeout, color, read-only (true refuses every write, \
                before it is sent), confirm (true asks about every write), hints (false shows no syntax while a line \
                is typed) and pager (a program that what is read is shown with; true means $PAGER, or less -FRX). -p NAME or use NAME choose one. \
                Options go before its settings, and so does $ZKCLI_SERVER unless -p is given. \
                ~/.local/state/zkcli/history: lines typed in the shell, readable by their owner only; lines with \
                credentials and lines that begin with a space are never written.
                """
            ),
        ]
    )
}
