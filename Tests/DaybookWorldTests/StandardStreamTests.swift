import DaybookBytes
import DaybookWorld
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct `Standard streams` {
  @Test func `what is written comes out whole and unchanged`() async throws {
    let result = try #require(
      await #expect(
        processExitsWith: .success,
        observing: [\.standardOutputContent, \.standardErrorContent]
      ) {
        try StandardOutput.write("año\0\n")
        try StandardOutput.write(String(repeating: "x", count: 200_000))
        StandardError.write("beside it\n")
        try StandardOutput.write("")
      })
    let output = result.standardOutputContent
    // The runner of the test may have written before us.
    #expect(output.suffix(200_000).allSatisfy { $0 == UInt8(ascii: "x") })
    #expect(output.dropLast(200_000).suffix(6).elementsEqual("año\0\n".utf8))
    #expect(String(decoding: result.standardErrorContent, as: UTF8.self).contains("beside it\n"))
  }

  @Test func `a reader that is gone is an error, once its signal is ignored`() async {
    await #expect(processExitsWith: .success) {
      ProcessSignals.ignoreBrokenPipe()
      var ends: [Int32] = [0, 0]
      unsafe precondition(pipe(&ends) == 0)
      close(ends[0])
      dup2(ends[1], Terminal.output.rawValue)
      let error = #expect(throws: FileError.self) { try StandardOutput.write("a") }
      #expect(error?.kind == .brokenPipe)
      #expect(!Terminal.output.isTerminal && Terminal.output.columns == nil)
    }
  }

  @Test func `input is read in parts until its end`() async {
    await #expect(processExitsWith: .success) {
      var ends: [Int32] = [0, 0]
      unsafe precondition(pipe(&ends) == 0)
      dup2(ends[0], Terminal.input.rawValue)
      dup2(ends[1], Terminal.output.rawValue)
      close(ends[1])
      try StandardOutput.write("abcdef")
      close(Terminal.output.rawValue)
      var buffer = ByteWriter()
      #expect(try StandardInput.read(count: 4, into: &buffer) == 4)
      #expect(try StandardInput.read(count: 4, into: &buffer) == 2)
      #expect(try StandardInput.read(count: 4, into: &buffer) == 0)
      #expect(buffer.bytes == Array("abcdef".utf8))
    }
  }
}
