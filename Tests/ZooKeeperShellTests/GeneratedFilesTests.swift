import CommandLanguage
import Foundation
import TestSupport
import Testing

@testable import ZooKeeperShell

@Suite("Committed files that the program generates")
struct GeneratedFilesTests {
    @Test(arguments: [
        (Options.Generated.man, "man/zkcli.1"), (.bash, "completions/zkcli.bash"), (.zsh, "completions/_zkcli"),
        (.fish, "completions/zkcli.fish"),
    ])
    func areCurrent(_ kind: Options.Generated, _ path: String) throws {
        let committed = try String(contentsOfFile: Locations.project + "/" + path, encoding: .utf8)
        #expect(committed == kind.text, "run 'make generate'")
    }

    @Test func everyCommandIsDocumented() {
        for type in CommandTable.all {
            let spec = type.spec
            #expect(!spec.summary.isEmpty && !spec.summary.hasSuffix("."))
            #expect(!spec.examples.isEmpty, "\(spec.name) has no example")
            #expect(CommandTable.groups.contains(spec.group))
        }
    }

    @Test func everyExampleParses() throws {
        for type in CommandTable.all {
            for example in type.spec.examples {
                let words = try Tokenizer.words(of: Array(example.line.utf8))
                #expect(try CommandTable.command(for: words).name == type.spec.name)
            }
        }
    }
}
