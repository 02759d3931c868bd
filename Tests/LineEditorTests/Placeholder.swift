enum LineEditorTestsPlaceholder {}
