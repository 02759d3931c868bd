enum CommandLanguageTestsPlaceholder {}
