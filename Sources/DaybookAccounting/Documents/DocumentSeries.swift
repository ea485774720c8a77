import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookValues

/// The days, the position and the clinic that a query of documents comes to.
struct DocumentScope {
  let model: DocumentsModel
  let known: Position
  let first: Day?
  let last: Day?
  let isRange: Bool
  private let clinic: UInt64?

  init(_ view: Snapshot<DocumentsModel>, _ query: AccountingQuery) {
    model = view.model
    known = min(query.knownAt ?? view.asOf, view.asOf)
    first = query.from
    last = query.to ?? query.on ?? view.model.days.day(knownAt: known)
    isRange = query.from != nil || query.to != nil
    clinic = query.clinic
  }

  /// Whether the clinics asked for keep several currencies.
  var hasSeveralCurrencies: Bool { clinic == nil && Set(model.currencies.values).count > 1 }

  /// The series that have a document of these sorts in the days: by clinic, then by name.
  func series(_ types: Set<SalesDocumentType>) -> [DocumentSeries] {
    struct Key: Hashable, Comparable {
      let clinic: UInt64
      let name: String

      static func < (left: Key, right: Key) -> Bool {
        (left.clinic, left.name) < (right.clinic, right.name)
      }
    }
    var found: [Key: DocumentSeries] = [:]
    for row in model.documents.rows(through: known)
    where types.contains(row.type) && clinic ?? row.clinic == row.clinic {
      let key = Key(clinic: row.clinic, name: row.series)
      found[key, default: DocumentSeries(clinic: row.clinic, name: row.series)]
        .add(row, isBefore: first.map { row.day < $0 } ?? false, isListed: contains(row.day))
    }
    return found.sorted { $0.key < $1.key }.map(\.value.sorted).filter { !$0.rows.isEmpty }
  }

  /// How many documents of other sorts the days have, in words; nil where there are none.
  func others(than types: Set<SalesDocumentType>) -> String? {
    var counts: [SalesDocumentType: Int] = [:]
    var seen = Position.start
    for row in model.documents.rows(through: known)
    where !types.contains(row.type) && contains(row.day) && clinic ?? row.clinic == row.clinic
      && row.position != seen && row.undoes == .start
    {
      seen = row.position
      counts[row.type, default: 0] += 1
    }
    let words = SalesDocumentType.allCases.compactMap { type in
      counts[type].map { "\($0) \(type.words)\($0 == 1 ? "" : "s")" }
    }
    return words.isEmpty ? nil : "Not listed: \(words.joined(separator: ", "))."
  }

  private func contains(_ day: Day) -> Bool {
    (first.map { $0 <= day } ?? true) && (last.map { day <= $0 } ?? false)
  }
}

/// The documents of one series of a clinic, and whether their numbers follow each other.
struct DocumentSeries {
  let clinic: UInt64
  let name: String
  /// Those of the days that are asked for, by number, each before what undoes it.
  private(set) var rows: [DocumentRow] = []
  /// The numbers of those documents, ascending once they are sorted.
  private var numbers: [UInt64] = []
  /// The last number before the days.
  private var before: UInt64 = 0
  private var lastPosition = Position.start

  init(clinic: UInt64, name: String) {
    self.clinic = clinic
    self.name = name
  }

  mutating func add(_ row: DocumentRow, isBefore: Bool, isListed: Bool) {
    if isListed { rows.append(row) }
    guard row.undoes == .start, row.position != lastPosition else { return }
    lastPosition = row.position
    if isBefore { before = max(before, row.number) }
    if isListed { numbers.append(row.number) }
  }

  /// The same in the order of the numbers.
  var sorted: DocumentSeries {
    var series = self
    series.rows.sort { ($0.number, $0.position) < ($1.number, $1.position) }
    series.numbers.sort()
    return series
  }

  /// `A of L1`.
  var title: String { "\(name) of \(ClinicID(clinic))" }

  /// Which numbers there are, and which there are not, in a sentence.
  var words: String {
    guard let first = numbers.first, let last = numbers.last else {
      return "\(title): no number of its own on these days."
    }
    let range = first == last ? "number \(first)" : "numbers \(first) to \(last)"
    var wrong: [String] = []
    var next = before &+ 1
    for number in numbers {
      if number > next {
        let to = number - 1
        wrong.append(next == to ? "\(next) is missing" : "\(next) to \(to) are missing")
      } else if number < next {
        wrong.append("\(number) stands twice")
      }
      next = max(next, number &+ 1)
    }
    return wrong.isEmpty
      ? "\(title): \(range), without a hole."
      : "\(title): \(range); \(wrong.joined(separator: ", "))."
  }
}
