import Testing

@Suite struct `Reading Swift source` {
  private func words(_ source: String) -> [String] {
    Lexer.tokens(of: source).filter { $0.kind == .word || $0.kind == .mark }.map(\.text)
  }

  @Test func `comments hide what they say`() {
    #expect(words("a // Date()\nb /* x /* Date() */ y */ c") == ["a", "b", "c"])
  }

  @Test(arguments: [
    #"a "Date()" b"#, #"a "\"Date()" b"#, ##"a #"Date() " \(Date())"# b"##,
    "a \"\"\"\n Date() \"quoted\"\n \"\"\" b",
  ]) func `strings hide what they say`(_ source: String) {
    #expect(words(source) == ["a", "b"])
  }

  @Test func `code inside an interpolation is code`() {
    #expect(words(#"a "x \(f("y") + g(1)) z" b"#).joined() == #"af()+g(1)b"#)
    #expect(words(##"a #"\#(Date())"# b"##).joined() == "aDate()b")
  }

  @Test func `lines are counted through comments and strings`() {
    let source = "a\n/* \n */ b \"\"\"\n x\n \"\"\"\nc"
    let lines = Lexer.tokens(of: source).filter { $0.kind == .word }.map(\.line)
    #expect(lines == [1, 3, 6])
  }

  @Test func `an unfinished comment or string ends with the file`() {
    #expect(words("a /* b") == ["a"])
    #expect(words("a \"b") == ["a"])
    #expect(words("a \"b\nc") == ["a", "c"])
    #expect(words("a \"\\(b") == ["a", "b"])
    #expect(words("") == [])
  }

  @Test func `a name in backticks is one word and no keyword`() {
    #expect(words("func `import X`()") == ["func", "`import X`", "(", ")"])
    #expect(Import.all(in: Lexer.tokens(of: "`import` X")).isEmpty)
  }

  @Test func `imports are found with attributes, access and kind`() {
    let source = """
      import A
      public import B
      @testable import C
      @_exported public import D
      import struct E.F
      // import G
      let text = "import H"
      x.import I
      #if canImport(J)
        internal import K
      #endif
      @_spi(L) import M
      """
    let imports = Import.all(in: Lexer.tokens(of: source))
    #expect(imports.map(\.module) == ["A", "B", "C", "D", "E", "K", "M"])
    #expect(imports.map(\.line) == [1, 2, 3, 4, 5, 10, 12])
    #expect(imports.map(\.isExported) == [false, false, false, true, false, false, false])
  }
}
