import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What an explanation says in sentences: what stands behind the figure, and what it comes to.
struct ExplainNotes {
  private let filter: ExplainFilter
  private let explained: ExplainedPage
  private let page: ExplainPage
  private var scope: Scope { filter.scope }

  init(_ filter: ExplainFilter, _ explained: ExplainedPage, _ page: ExplainPage) {
    self.filter = filter
    self.explained = explained
    self.page = page
  }

  var lines: [String] { pageLines + sum + told }

  /// What was before the page, and what goes on behind it.
  private var pageLines: [String] {
    var lines: [String] = []
    if let from = scope.query.from, filter.isOfDays, !explained.opening.parts.isEmpty {
      lines.append("Before \(from): \(explained.opening.words).")
    }
    if page.after != nil {
      var brought = explained.opening
      brought.add(explained.brought)
      lines.append("Brought forward: \(brought.words).")
    }
    if explained.hasMore, let end = explained.end {
      var carried = explained.opening
      carried.add(explained.brought)
      for line in explained.lines where line.isOfFigure {
        carried.add(line.row.amount, scope.currency(line.row.clinic))
      }
      lines.append(
        "Carried forward: \(carried.words); `--after \(end)` shows the entries behind these.")
    }
    return lines
  }

  /// How many entries and events are behind the figure, and that they add up to it.
  private var sum: [String] {
    guard explained.entries > 0 || !explained.opening.parts.isEmpty else { return [] }
    let count =
      explained.entries == 1
      ? "1 entry of 1 event" : "\(explained.entries) entries of as many events"
    switch filter.subject {
    case .account, .receivables, .payables, .credit:
      var parts: [String] = []
      if !explained.opening.parts.isEmpty {
        parts.append("\(explained.opening.words) from before")
      }
      let (debits, credits) = (explained.debits, explained.credits)
      switch (debits.parts.isEmpty, credits.parts.isEmpty) {
      case (false, false):
        parts.append("debits of \(debits.words) less credits of \(credits.words)")
      case (false, true): parts.append("debits of \(debits.words)")
      case (true, false): parts.append("credits of \(credits.words)")
      case (true, true): break
      }
      return ["\(count): \(parts.joined(separator: " and ")) make \(balance)."]
    case .party, .thing: return ["\(count)."]
    case .entry, .position: return []
    }
  }

  /// `a debit balance of 10.00`; where there are several currencies, the amounts with their signs.
  private var balance: String {
    let figure = explained.figure
    guard let only = figure.only, !only.isZero else {
      return figure.isZero ? "a balance of nothing" : "balances of \(figure.words)"
    }
    return "a \(only.isPositive ? "debit" : "credit") balance of \(figure.sizes)"
  }

  /// What the figure says of its subject.
  private var told: [String] {
    switch filter.subject {
    case .account: return []
    case .receivables(_, let age), .payables(_, let age):
      guard age != nil, explained.entries == 0 else { return [] }
      return ["Nothing that is open has that age."]
    case .credit: return ["What is to the credit is never taken off what is owed."]
    case .party(let party): return told(of: party)
    case .thing(let stream, _): return told(of: stream)
    case .entry(let id):
      return explained.entries == 0
        ? ["No such entry is known at position \(scope.position)."] : event(id.position)
    case .position(let position): return event(position)
    }
  }

  private func told(of party: PartyKey) -> [String] {
    if party.staff != nil { return told(ofStaff: party) }
    let owed = explained.figure
    var lines: [String] = []
    for part in owed.parts where part.minorUnits != 0 {
      let amount = Amount(minorUnits: abs(part.minorUnits), part.currency)
      lines.append("\(party) \(part.minorUnits > 0 ? "owes" : "is owed") \(amount).")
    }
    for part in explained.beside.parts where part.minorUnits != 0 {
      lines.append(
        "\(party) has \(Amount(minorUnits: -part.minorUnits, part.currency)) deposited or unapplied, "
          + "which is never taken off what is owed.")
    }
    return lines.isEmpty && explained.entries > 0
      ? ["\(party) owes nothing and has no credit."] : lines
  }

  /// Account by account: pay, commission and advances are never taken off each other.
  private func told(ofStaff party: PartyKey) -> [String] {
    guard explained.entries > 0 else { return [] }
    let model = scope.model
    var sums: [UInt16: MoneySums] = [:]
    filter.forEachPosting { row in
      guard filter.part(row) == .figure else { return }
      sums[row.account, default: MoneySums()].add(row.amount, scope.currency(row.clinic))
    }
    var lines: [String] = []
    for index in model.accountsOfStaff {
      let account = model.chart.accounts[Int(index)]
      for part in sums[index]?.parts ?? [] where part.minorUnits != 0 {
        let amount = Amount(minorUnits: abs(part.minorUnits), part.currency)
        let verb = part.minorUnits > 0 ? "owes" : "is owed"
        lines.append("\(party) \(verb) \(amount) on \(account.code) \(account.name).")
      }
    }
    return lines.isEmpty ? ["\(party) owes nothing and is owed nothing."] : lines
  }

  private func told(of stream: StreamID) -> [String] {
    if explained.entries == 0 { return ["It makes no entry, or none that is known there."] }
    let name = DocumentNames.name(of: stream)
    let figure = explained.figure
    switch stream.kind {
    case .charge:
      return [figure.isZero ? "Nothing is owed of \(name)." : "\(figure.words) is owed of \(name)."]
    case .payment:
      return [
        figure.isZero
          ? "All of \(name) is applied." : "\(figure.sizes) of \(name) is not applied to a charge."
      ]
    default: return []
    }
  }

  /// What an event did: the rule that made its entry, what it undid and what undid it.
  private func event(_ position: Position) -> [String] {
    guard position <= scope.position else {
      return ["Position \(position) is not known at position \(scope.position)."]
    }
    let model = scope.model
    var lines: [String] = []
    if let row = model.postings(at: position).first {
      let id = model.entryID(row)
      let count = model.postings(at: position).count
      let whole = EntryID(position: position, rule: id.rule, version: id.version)
      lines.append(
        "Entry \(whole) has \(count) \(count == 1 ? "line" : "lines"), made by rule \(id.rule), "
          + "version \(id.version), in the journal of "
          + "\(PostingRule.builtIn[Int(row.rule)].journal).")
    } else {
      lines.append("The event at position \(position) makes no entry.")
    }
    if let of = model.reversedEvent(by: position) {
      lines.append("It reverses the event at position \(of)\(day(of)).")
    }
    if let by = ReversedEvents(model, at: scope.position).reversal(of: position) {
      lines.append("It was reversed by the event at position \(by)\(day(by)).")
    }
    return lines
  }

  private func day(_ position: Position) -> String {
    scope.model.postings(at: position).first
      .map { " of \(Day(daysSince1970: $0.day))" } ?? ""
  }
}

extension ExplainFilter {
  /// The heading.
  var title: String {
    let model = scope.model
    switch subject {
    case .account(let code, let party):
      let name = account.map { " " + model.chart.accounts[Int($0)].name } ?? ""
      return "Account \(code)\(name)" + of(party)
    case .receivables(let party, let age): return "Receivables" + of(party) + aged(age)
    case .payables(let party, let age): return "Payables" + of(party) + aged(age)
    case .credit(let party): return "Deposits and credit balances" + of(party)
    case .party(let party): return "All that concerns \(party)"
    case .thing(let stream, _): return "All that \(DocumentNames.name(of: stream)) posted"
    case .entry(let id): return id.line == 0 ? "Entry \(id)" : "Line \(id)"
    case .position(let position):
      guard position <= scope.position, let row = model.postings(at: position).first else {
        return "Event at position \(position)"
      }
      let words = ReversedEvents(model, at: scope.position).words(row)
      return "Event at position \(position): \(words), \(DocumentNames.name(row.document))"
    }
  }

  private func aged(_ age: AgeBucket?) -> String {
    age.map { $0 == .current ? ", not due" : ", due for \($0.heading) days" } ?? ""
  }

  private func of(_ party: PartyKey?) -> String { party.map { ", \($0)" } ?? "" }
}
