#if Tool
  import Daybook

  /// What typed words mean to one action: names of the register, days and times of its clinic.
  final class RecordTerms: EntryTerms {
    let currency: Currency
    private let finder: NameFinder
    private let clinic: RegisteredClinic?
    private let now: Instant
    /// What stands under references, found before.
    private let references: [String: ActionReceipt]
    /// The things that were named, in order, with the field that names them.
    private(set) var named: [(field: String, stream: StreamID)] = []

    init(
      _ finder: NameFinder, _ clinic: RegisteredClinic?, now: Instant,
      references: [String: ActionReceipt]
    ) {
      self.finder = finder
      self.clinic = clinic
      self.now = now
      self.references = references
      currency = clinic?.currency ?? .unspecified
    }

    /// The clinic's time now.
    var moment: Moment { clinic?.moment(now) ?? Moment(now, .utc) }

    func number(
      _ text: String, of kind: any IdentifierKind.Type, field: String
    ) throws(EntryError) -> UInt64 {
      let number = try meant(text, kind, field)
      named.append((field, StreamID(StreamKind(kind.number), number)))
      return number
    }

    private func meant(
      _ text: String, _ kind: any IdentifierKind.Type, _ field: String
    ) throws(EntryError) -> UInt64 {
      if let number = PlainTerms.printedNumber(text, of: kind) { return number }
      let kinds = Self.kinds(of: kind, field)
      if let reference = text.suffix(afterPrefix: "ref:") {
        if let receipt = references[reference] {
          let stream = StreamKind(kind.number)
          if let number = receipt.begun(stream).first ?? receipt.first(stream) { return number }
        }
        if !kinds.isEmpty, case .one(let entry) = finder.find(text, among: kinds) {
          return entry.stream.number
        }
        throw EntryError(.unknown, "no \(kind.name) has the source reference \(reference.quoted)")
      }
      guard !kinds.isEmpty else {
        throw EntryError(
          .malformed,
          "\(text.quoted) is no \(kind.name); give it as \(kind.prefix)17 or ref:REFERENCE")
      }
      switch finder.find(text, among: kinds) {
      case .one(let entry): return entry.stream.number
      case .several(let entries):
        throw EntryError(.ambiguous, NameFinder.Answer.list(entries, text))
      case .none:
        throw EntryError(
          .unknown,
          "no \(ListText.or(kinds.map(\.singular))) is called \(text.quoted); give an identifier, "
            + "ref:REFERENCE or a part of the name (`daybook list \(kinds[0].rawValue)`)")
      }
    }

    /// The registered things that a field may name; none where such things have no names.
    private static func kinds(
      of kind: any IdentifierKind.Type, _ field: String
    ) -> [RegisterKind] {
      let kinds = RegisterKind.allCases.filter { $0.identifier.number == kind.number }
      switch EnteredName.plain(field) {
      case "payer": return kinds.filter { $0 == .payers }
      case "supplier": return kinds.filter { $0 == .suppliers }
      default: return kinds
      }
    }

    // MARK: - Days and times

    /// `2026-03-02`, `today`, `+7d`; a month is its last day, or its first where something begins.
    func day(_ text: String, field: String) throws(EntryError) -> Day {
      let today = moment.day
      do throws(ValueError) {
        switch text.lowercased() {
        case "today": return today
        case "yesterday": return today.advanced(by: -1)
        case "tomorrow": return today.advanced(by: 1)
        default: break
        }
        if text.hasSuffix("d"), let sign = text.first, sign == "+" || sign == "-",
          let days = Int(text.dropLast()), abs(days) <= 100_000
        {
          return try today.adding(days: days)
        }
        if text.utf8.count == 7 {
          let month = try Month(parsing: text)
          return ["from", "start"].contains(EnteredName.plain(field))
            ? month.firstDay : month.lastDay
        }
        return try Day(parsing: text)
      } catch {
        throw EntryError(
          .malformed,
          "\(text.quoted) is no day of the calendar; give one such as 2026-03-31, today, tomorrow "
            + "or +7d")
      }
    }

    /// `2026-03-02 09:30`, `09:30` of today, `tomorrow 09:30`, on the clinic's clock; or with an offset.
    func instant(_ text: String) throws(EntryError) -> Instant {
      do throws(ValueError) {
        if text.lowercased() == "now" { return now }
        if text.hasSuffix("Z") { return try Instant(parsing: text) }
        if text.utf8.count > 19 { return try Moment(parsing: text).instant }
      } catch {
        throw Self.noTime(text)
      }
      let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" }).map(String.init)
      let (dayText, timeText): (String?, String?)
      switch parts.count {
      case 1 where parts[0].contains(":"): (dayText, timeText) = (nil, parts[0])
      case 1: (dayText, timeText) = (parts[0], nil)
      case 2: (dayText, timeText) = (parts[0], parts[1])
      default: throw Self.noTime(text)
      }
      let day: Day
      do throws(EntryError) {
        day =
          try dayText.map { (text) throws(EntryError) in try self.day(text, field: "start") }
          ?? moment.day
      } catch {
        throw Self.noTime(text)
      }
      guard let second = timeText.map(Self.secondOfDay) ?? 0 else { throw Self.noTime(text) }
      do throws(ValueError) {
        if let clinic { return try clinic.instant(day, secondOfDay: second) }
        return try Moment(day, secondOfDay: second).instant
      } catch {
        throw EntryError(.malformed, "\(error)")
      }
    }

    private static func secondOfDay(_ text: String) -> Int? {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1],
        let second = parts.count == 3 ? parts[2] : 0, (0..<24).contains(hour),
        (0..<60).contains(minute), (0..<60).contains(second)
      else { return nil }
      return hour * 3600 + minute * 60 + second
    }

    private static func noTime(_ text: String) -> EntryError {
      EntryError(
        .malformed,
        "\(text.quoted) is no time; give one such as '2026-03-02 09:30', 09:30, 'tomorrow 09:30' or "
          + "2026-03-02T09:30:00+01:00")
    }
  }
#endif
