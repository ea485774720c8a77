#if Tool
  import Daybook

  /// Facts about one thing: a row for programs, a line a fact for people.
  struct FactsPage {
    private let name: String
    private let title: String
    private let position: Position
    private var facts: [(column: Column, cell: Cell, text: String)] = []

    init(_ name: String, _ title: String, _ position: Position) {
      self.name = name
      self.title = title
      self.position = position
    }

    mutating func add(_ name: String, count: Int) {
      facts.append((Column(name, .count), .count(Int64(count)), "\(count)"))
    }

    mutating func add(_ name: String, count: UInt64) {
      facts.append((Column(name, .count), .count(Int64(clamping: count)), "\(count)"))
    }

    mutating func add(_ name: String, _ position: Position) {
      facts.append((Column(name, .position), .position(position), "\(position)"))
    }

    /// - Parameter missing: What a person reads where there is none.
    mutating func add(_ name: String, _ instant: Instant?, missing: String = "") {
      let cell: Cell = instant.map { .instant($0) } ?? .empty
      facts.append((Column(name, .instant), cell, instant?.description ?? missing))
    }

    mutating func add(_ name: String, _ text: String) {
      facts.append((Column(name, .text), text.isEmpty ? .empty : .text(text), text))
    }

    func report(as format: ReportFormat) -> Report {
      switch format {
      case .text, .html:
        var page = StatusPage("", position)
        page.report.name = name
        page.report.title = title
        for fact in facts { page.add(fact.column.title, fact.text) }
        page.report.footer = Footer(position: position, entries: Int(clamping: position.number))
        return page.report
      case .csv, .json:
        var report = Report(
          name: name, title: title, book: "", knownAt: position, columns: facts.map(\.column))
        report.append(facts.map(\.cell))
        return report
      }
    }
  }
#endif
