import Testing

@Suite struct `The paths` {
  @Test func `no two of this repository differ only in case`() throws {
    for violation in Paths.caseClashes(try Tree.paths()) { Issue.record("\(violation)") }
  }

  @Test func `a case clash is found, in a file's name and in a folder's`() {
    #expect(Paths.caseClashes(["Sources/A/Log.swift", "Sources/A/log.swift"]).count == 1)
    #expect(
      Paths.caseClashes(["Sources/Daybook/a.swift", "Sources/daybook/b.swift"]).map(\.path)
        == ["Sources/daybook"])
    #expect(Paths.caseClashes(["a/b", "a/c", "b/a"]).isEmpty)
  }

  @Test func `only what belongs at the top stands there`() throws {
    for violation in Paths.strangersAtTheTop(try Tree.paths()) { Issue.record("\(violation)") }
    let planted = [".ci/run", "Sources/a.swift", "README.md", "notes.txt", "Scripts/x"]
    #expect(Paths.strangersAtTheTop(planted).map(\.path) == ["Scripts", "notes.txt"])
  }

  @Test func `the reading order names every kind of file that a newcomer needs, and all exist`()
    throws
  {
    let markdown = try Tree.text(Paths.architecture)
    let found = Paths.readingOrderViolations(markdown: markdown, paths: try Tree.paths())
    for violation in found { Issue.record("\(violation)") }
  }

  @Test func `a file that the reading order names and that is missing is found`() {
    let markdown = "`a.swift`\n## Reading order\n1. `README.md`, `x`\n2. `b.swift`\n## Next\n`c.md`"
    let order = Paths.readingOrder(in: markdown)
    #expect(order.map(\.path) == ["README.md", "b.swift"])
    let found = Paths.readingOrderViolations(markdown: markdown, paths: ["README.md"])
    #expect(found.map(\.message).contains("b.swift does not exist"))
    #expect(found.map(\.message).contains("the reading order lacks one decider"))
    #expect(!found.map(\.message).contains("the reading order lacks README.md"))
  }
}
