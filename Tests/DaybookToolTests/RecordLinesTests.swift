import Daybook
import DaybookBytes
import DaybookTool
import Testing

@Suite struct `Recording lines of JSON` {
  @Test func `each line is a decision of its own, with a result of its own`() async throws {
    let bench = try await Bench.withClinic()
    let file = try bench.write(
      """
      {"action":"register-patient","person":{"givenName":"Eva","familyName":"Sanz"},"ref":"eva"}
      {"action":"check-in","patient":"sanz"}

      {"action":"check-in","patient":"P99"}
      {"action":"check-in","patient":"ref:eva","ref":"again"}
      {"action":"check-in","patient":"ref:eva","ref":"again"}
      {"action":"dance"}
      {"action":"pay","from":"P1","amount":"12.50","method":{"card":{"terminal":"T-1"}}}
      not json
      {"action":"receive","supplier":"Depot","lines":["GLOVES-M 1box @4.20 lot=L1 exp=2027-09"]}
      """, to: "lines.jsonl")
    let run = await bench.run("record", "--json", file)
    let lines = run.answer.split(separator: "\n").map(String.init)
    #expect(run.status == .refused)
    #expect(run.said.contains("3 lines (4, 7, 9) were refused"), "\(run.said)")
    try #require(lines.count == 9, "\(run.answer)")
    #expect(lines[0] == #"{"line":1,"result":"done","positions":[11],"made":["P2"]}"#)
    #expect(lines[1] == #"{"line":2,"result":"done","positions":[12],"made":["V1"]}"#)
    #expect(
      lines[2].contains(#""line":4,"result":"refused","violations":[{"code":"unknownReference""#))
    #expect(lines[3].contains(#""made":["V2"]"#))
    #expect(lines[4] == #"{"line":6,"result":"again","positions":[13],"made":["V2"]}"#)
    #expect(lines[5].contains(#""line":7,"result":"misunderstood""#))
    #expect(lines[6].contains(#""made":["M1"]"#))
    #expect(lines[7].contains("no JSON"))
    #expect(lines[8].contains(#""made":["R1"]"#))
  }

  @Test func `standard input is answered as it comes`() async throws {
    let bench = try await Bench.withClinic()
    let run = await bench.run(
      ["record", "--json", "-"],
      input: [
        #"{"action":"check-in","pa"#,
        "tient\":\"P1\"}\n{\"action\":\"check-in\",\"patient\":\"P1\"}",
      ])
    #expect(run.status == .done, "\(run.said)")
    #expect(run.answer.split(separator: "\n").count == 2)
  }

  @Test func `as one action all are carried out, or none`() async throws {
    let bench = try await Bench.withClinic()
    let bad = try bench.write(
      """
      {"action":"check-in","patient":"P1"}
      {"action":"pay","from":"P1","amount":"5.00","method":"card"}
      {"action":"check-in","patient":"P99"}
      """, to: "bad.jsonl")
    let before = await bench.run("log", "info", "--format", "json").answer
    let refused = await bench.run("record", "--json", bad, "--atomic")
    #expect(refused.status == .refused)
    #expect(refused.answer.contains(#""field":"3.patient""#), "\(refused.answer)")
    #expect(await bench.run("log", "info", "--format", "json").answer == before)
    let pair = try bench.write(
      """
      {"action":"check-in","patient":"P1"}
      {"action":"pay","from":"P1","amount":"5.00","method":"card"}
      """, to: "pair.jsonl")
    let done = await bench.run("record", "--json", pair, "--atomic")
    #expect(
      done.answer == #"{"line":1,"result":"done","positions":[11,12],"made":["V1","M1"]}"# + "\n",
      "\(done.said)")
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `a dry run of lines appends nothing`() async throws {
    let bench = try await Bench.withClinic()
    let file = try bench.write(
      #"{"action":"check-in","patient":"P1"}"# + "\n", to: "lines.jsonl")
    let before = await bench.run("log", "info", "--format", "json").answer
    let run = await bench.run("record", "--json", file, "--dry-run")
    #expect(run.status == .done)
    #expect(run.answer.contains(#""made":["V1"]"#))
    #expect(await bench.run("log", "info", "--format", "json").answer == before)
  }
}

extension Bench {
  /// Runs `daybook` with parts of standard input as they come.
  func run(_ arguments: [String], input parts: [String]) async -> ToolRun {
    let output = CapturedOutput()
    let variables = ["DAYBOOK": book, "DAYBOOK_ACTOR": actor ?? ""]
    let left = Locked(parts[...])
    let status = await DaybookTool.run(
      arguments,
      in: ToolContext(
        world: world, output: output,
        input: { (_, buffer) throws(FileError) in
          guard let part = left.withLock({ $0.popFirst() }) else { return 0 }
          buffer.append(utf8: part)
          return part.utf8.count
        }, variable: { variables[$0] }))
    return ToolRun(status: status, answer: output.answer, said: output.said)
  }
}
