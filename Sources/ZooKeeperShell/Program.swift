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
                watch follows znodes until interrupted, or until -n or --for end it. Each line has a time, a type, a \
                path and facts. NodeCreated, NodeDeleted, NodeDataChanged, NodeChildrenChanged and ACLChanged are \
                changes: version=3->4 is the version before and after, size and mzxid are of the znode after this very \
                change; a change that is (superseded) was followed by another one before the znode could be read. \
                Initial and Missing tell the state at the start, with --initial. Disconnected, Reconnected, Expired, \
                Dropped and Resynced tell of the session. With --only these go to standard error.

                The guarantee: while a connection stands every change is told, once, version by version. After a lost \
                connection, another server, an expired session or a pause the znodes under watch are compared with \
                what was told last. The differences are told as changes that are (resynced), and then a line Resynced \
                with zxid=FROM->TO: changes between these zxids that were undone again, or followed by others, may not \
                have been told. So for every znode under watch its final state was told, or is covered by such a line. \
                A change of an ACL alone wakes no watch: it is told with the next change, or comparison. Znodes that \
                may not be read are not followed, and the line says so. When standard output is read so slowly that \
                65,536 events wait, further ones are dropped; a line Dropped says how many, and comparison follows.

                --exec runs a line of sh for each change: ZKCLI_EVENT is the type, ZKCLI_PATH the path, ZKCLI_VERSION \
                and ZKCLI_OLD_VERSION the versions, ZKCLI_MZXID the transaction, ZKCLI_RESYNCED is 1 for what \
                comparison found, ZKCLI_CHANGES is how many changes it stands for, ZKCLI_SERVER is the connect string; \
                the data is on standard input. One runs at a time, in order, unless --exec-parallel says otherwise; \
                up to 10,000 wait, and how many were given up is told. --settle TIME waits until there was no change \
                for that time and runs once. A status other than 0 is told. At the end of the watch commands may \
                finish; when it is interrupted they are ended.

                Ctrl-C and SIGTERM end a watch with a summary on standard error and status 130; -n and --for end it \
                with status 0. Servers before 3.6 have one-time watches only: they are re-armed after each change, and \
                changes that follow each other closely are told as one; a line at the start says so.
                """
            ),
            (
                title: "EXPORT FORMAT",
                body: """
                Lines of JSON. The first is the header: format is zkcli-export, version is 1, source is the connect \
                string, path the znode that was exported, zxid what the server had seen when reading began, time when \
                that was. Then a line for each znode, parents before children, siblings in bytewise order: path is \
                below the exported znode, / being that znode itself; data is text, or Base64 when encoding says so, or \
                null when absent; mode is persistent or ephemeral (servers do not tell containers and TTLs; sequential \
                names stay as they are); acl is a list of scheme, id and perms; stat has the zxids, times in \
                milliseconds, versions and owner that the znode had. The last line has end true, znodes, bytes of data, \
                skippedEphemerals, problems (znodes that could not be read), zxid at the end, isSnapshot (false when \
                a znode changed between the two zxids: the export is then not of one moment), and sha1 of all bytes \
                before that line. An import checks the last line first and refuses a file that is cut or changed.

                Whole-tree commands read znodes in batches. Names, data and stats come many in a request; ACLs do \
                not, so that export and mirror take ten times as long with ACLs as with --no-acl.
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
