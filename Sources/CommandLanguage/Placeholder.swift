enum CommandLanguagePlaceholder {}
