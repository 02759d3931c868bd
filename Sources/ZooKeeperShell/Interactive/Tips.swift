/// What whoever starts the shell for the first time may want to know.
enum Tips {
    static let all = [
        "Commands and flags are those of zkCli.sh; 'help ls' explains one of them.",
        "ls -R / | grep lock > found.txt: results go to local programs and files.",
        "watch -R /app & follows a subtree while you go on; 'jobs' lists such work.",
        "Tab completes znodes, flags and files; Ctrl-R finds lines typed before.",
    ]
}
