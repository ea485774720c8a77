#if Tool
  import Daybook

  /// What came of one action, as a line of JSON: programs depend on its members.
  ///
  /// `{"line":3,"result":"done","positions":[11,12],"made":["A31"]}`; `"again"` for a repeat; `"refused"`
  /// with `"violations"`; `"misunderstood"` with `"error"`, where it never reached the Desk.
  struct RecordResult {
    /// Which line, or which action of several, from 1.
    var line: Int
    var outcome: Outcome

    enum Outcome {
      case done(ActionReceipt)
      case refused(Refusal)
      case misunderstood(String)
    }

    /// Whether it was carried out, now or before.
    var isDone: Bool { if case .done = outcome { true } else { false } }

    func write(to json: inout JSONText) {
      let catalogue = ToolContext.current.catalogue
      json.object { json in
        json.member("line", line)
        switch outcome {
        case .done(let receipt):
          json.member("result", receipt.isRepeat ? "again" : "done")
          json.array("positions") { json in
            for event in receipt.events { json.integer(event.position.number) }
          }
          json.array("made") { json in
            for thing in receipt.made(catalogue) { json.string(thing) }
          }
          if !receipt.findings.isEmpty {
            json.array("findings") { json in
              for finding in receipt.findings {
                json.object { json in
                  json.member("code", finding.code.rawValue)
                  json.member("field", finding.field)
                  json.member("message", finding.message)
                }
              }
            }
          }
        case .refused(let refusal):
          json.member("result", "refused")
          json.array("violations") { json in
            for violation in refusal.violations {
              json.object { json in
                json.member("code", violation.code.rawValue)
                json.member("field", violation.field)
                json.member("message", violation.reason.message)
              }
            }
          }
        case .misunderstood(let error):
          json.member("result", "misunderstood")
          json.member("error", error)
        }
      }
    }
  }

  extension ActionReceipt {
    /// The things that the action began, as they are printed: `A31`, `till/4`.
    func made(_ catalogue: Catalogue) -> [String] {
      events.filter { $0.version == 1 }.map { catalogue.shortName(of: $0.stream) }
    }
  }

  extension Catalogue {
    /// A thing as people write it: `A31`; `stock/12` where its kind has no letter.
    func shortName(of stream: StreamID) -> String {
      guard let kind = streamKind(stream.kind), !kind.prefix.isEmpty else {
        return name(of: stream)
      }
      return "\(kind.prefix)\(stream.number)"
    }
  }
#endif
