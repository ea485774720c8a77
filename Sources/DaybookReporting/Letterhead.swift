/// What makes a report a document that is handed to somebody: who writes it, to whom, and what it is.
///
/// Text and HTML print it above the table; JSON and CSV are the table alone. A document leaves no word
/// out: in text what is too long for its column goes on below, and is not cut.
public struct Letterhead: Hashable, Sendable {
  /// Who writes it, a line each: name, tax number, address.
  public var issuer: [String]
  /// Who it is written to, a line each; none where it is to nobody in particular.
  public var recipient: [String]
  /// What it is: `Number`, `A-3`.
  public var facts: [Fact]

  /// A name and what it is of this document.
  public struct Fact: Hashable, Sendable {
    /// `Number`, `Date`.
    public var name: String
    /// `A-3`, `2026-03-02`.
    public var text: String

    /// `name` is `text`.
    public init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// A letterhead; lines and facts without text are left out.
  public init(issuer: [String], recipient: [String] = [], facts: [Fact] = []) {
    self.issuer = issuer.filter { !$0.isEmpty }
    self.recipient = recipient.filter { !$0.isEmpty }
    self.facts = facts.filter { !$0.text.isEmpty }
  }
}

extension Letterhead {
  /// The lines above the title, and a blank one behind each block.
  var linesAboveTitle: [String] {
    var lines = issuer.map(\.printable)
    if !issuer.isEmpty { lines.append("") }
    for (index, line) in recipient.enumerated() {
      lines.append((index == 0 ? "To  " : "    ") + line.printable)
    }
    if !recipient.isEmpty { lines.append("") }
    return lines
  }

  /// The facts below the title, under each other.
  var factLines: [String] {
    let width = facts.map(\.name.printable.displayWidth).max() ?? 0
    return facts.map { fact in
      let name = fact.name.printable
      return name + String(repeating: " ", count: width - name.displayWidth + 2)
        + fact.text.printable
    }
  }
}
