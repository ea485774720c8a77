import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// The fees of all patients, in one pass over the postings: entry by entry what the statements of those
/// whom it concerns say of it.
///
/// Which postings are of items is told here as `ItemIndex` tells it, without making one.
struct FeePass {
  /// What an entry says of a patient.
  private struct Touch {
    let patient: UInt32
    /// The first of its postings.
    let row: Posting
    var line: StatementLines.Line
  }

  /// What a line of a patient's statement adds, where fees are summed up by something else.
  struct Line {
    let patient: UInt32
    fileprivate let row: Posting
    let sum: FeeSum

    /// The group that it is of.
    func key(_ dimension: ReportDimension, _ keys: RowKeys) -> GroupKey {
      dimension == .party ? GroupKey(patient) : keys.key(dimension, row)
    }
  }

  private let scope: Scope
  private let keys: RowKeys
  private let sieve: RowSieve
  /// Whether an entry is told of charge by charge and clinic by clinic: for dimensions that they have.
  private let isSplit: Bool
  private let columns: StatementColumns
  private let discounts: ChargeDiscounts
  private let ledgers: ItemAccounts
  private let postings: History<Posting>
  private let charges: History<ChargeRow>
  /// The places of the clinics' currencies among those of the report.
  private let currencyOfClinic: [Int]
  private let currencyCount: Int
  // Of the entry at hand.
  private var touches: [Touch] = []
  /// Receivables of no charge: what a sale owes and pays at once is no item.
  private var pending: [(row: Posting, index: Int)] = []
  private var discount: Int64 = 0
  /// The charge that was looked up last, and whose it is: lines of an entry are often of one.
  private var latest: (charge: UInt32, patient: UInt32) = (0, 0)
  // By patient and currency; only asked for a key.
  private var places = DenseIndex()
  private var sums: [(patient: UInt32, sum: FeeSum)] = []
  private var lines: [Line] = []
  private let keepsLines: Bool
  /// Whether it matters what a line is of.
  private let isChosen: Bool

  init(_ scope: Scope, _ form: RowForm) {
    self.scope = scope
    keys = RowKeys(scope)
    sieve = RowSieve(form, scope)
    isSplit = GroupedReport.fees.dimensions.contains { $0 != .month && form.mentions($0) }
    keepsLines = form.by != nil
    isChosen = form != RowForm()
    columns = StatementColumns(scope)
    discounts = ChargeDiscounts(scope)
    ledgers = ItemAccounts(scope.model)
    postings = scope.model.ledger.postings
    charges = scope.model.charges
    let currencies = scope.currencies
    currencyOfClinic = scope.model.slots.currencies.map { currencies.firstIndex(of: $0) ?? 0 }
    currencyCount = max(1, currencies.count)
  }

  /// Calls `body` with what each patient was charged and paid, by number and currency: those of whom
  /// there is nothing are left out.
  mutating func forEachSum(_ body: (PartyKey, FeeSum) -> Void) {
    goThrough { _ in }
    for (patient, sum) in sums.sorted(by: {
      ($0.patient, $0.sum.currency) < ($1.patient, $1.sum.currency)
    }) where !sum.isNothing {
      body(PartyKey(rawValue: patient), sum)
    }
  }

  /// Calls `body` with what each line of a patient's statement adds, in the order of the log.
  mutating func forEachLine(_ body: (Line) -> Void) {
    goThrough { lines in
      lines.forEach(body)
      lines.removeAll(keepingCapacity: true)
    }
  }

  /// - Parameter rest: Called behind every chunk, and at the end.
  private mutating func goThrough(_ rest: (inout [Line]) -> Void) {
    var position = Position.start
    var number = 0
    for chunk in 0..<scope.chunkCount {
      scope.forEachPosting(ofChunk: chunk, in: .min...scope.through, after: &number) { line in
        if line.row.position != position {
          end()
          position = line.row.position
        }
        take(line.row, line.index)
      }
      rest(&lines)
    }
    end()
    rest(&lines)
  }

  private mutating func take(_ row: Posting, _ index: Int) {
    switch ledgers[row.account] {
    case .receivable where row.charge == 0: pending.append((row, index))
    case .receivable, .credit: touch(row, index)
    case .payable: break
    case nil: discount += discounts.discount(row)
    }
  }

  private mutating func touch(_ row: Posting, _ index: Int) {
    if PartyKey(rawValue: row.party).patient != nil { touch(row, index, of: row.party) }
    // Of a charge that another owes, the patient's statement tells too.
    guard row.charge != 0, ledgers[row.account] == .receivable else { return }
    if row.charge != latest.charge { latest = (row.charge, patient(ofCharge: row.charge)) }
    if latest.patient != 0, latest.patient != row.party { touch(row, index, of: latest.patient) }
  }

  /// The key of the patient that a charge is of; 0 where it is not known.
  private func patient(ofCharge number: UInt32) -> UInt32 {
    guard let charge = charges.row(ofCharge: number),
      let key = PartyKey(PatientID(UInt64(charge.patient)))
    else { return 0 }
    return columns.current(key.rawValue)
  }

  private mutating func touch(_ row: Posting, _ index: Int, of patient: UInt32) {
    let place =
      touches.firstIndex {
        $0.patient == patient
          && (!isSplit || $0.row.charge == row.charge && $0.row.clinic == row.clinic)
      } ?? touches.count
    if place == touches.count {
      let line = StatementLines.Line(row, index, scope.currency(row.clinic))
      touches.append(Touch(patient: patient, row: row, line: line))
    }
    columns.add(row, index, of: patient, to: &touches[place].line)
  }

  private mutating func end() {
    // Asked for every entry, of which many concern no patient.
    if !pending.isEmpty {
      for (row, index) in pending where !isPaidAtOnce(row, index) { touch(row, index) }
      pending.removeFew()
    }
    if !touches.isEmpty {
      for index in touches.indices where !touches[index].line.isNothing { add(index) }
      touches.removeFew()
    }
    discount = 0
  }

  /// Whether the entry itself brings what a posting owes to nothing.
  private func isPaidAtOnce(_ row: Posting, _ index: Int) -> Bool {
    let party = postings[index].party
    let sum = pending.reduce(Int128(0)) { sum, other in
      other.row.clinic == row.clinic && postings[other.index].party == party
        ? sum + Int128(other.row.amount) : sum
    }
    return sum == 0
  }

  /// Adds the touch of that index: it is large, and stays where it is.
  private mutating func add(_ index: Int) {
    let (patient, clinic) = (touches[index].patient, touches[index].row.clinic)
    let currency = touches[index].line.currency
    if isChosen {
      var sum = FeeSum(currency: currency)
      sum.add(touches[index].line, from: scope.from, discount: discount)
      let added = Line(patient: patient, row: touches[index].row, sum: sum)
      guard sieve.takes({ added.key($0, keys) }) else { return }
      if keepsLines { return lines.append(added) }
    }
    let number = UInt64(patient & 0x3fff_ffff)
    let key = number * UInt64(currencyCount) + UInt64(currencyOfClinic[Int(clinic)])
    let place = places.place(of: key) ?? sums.count
    if place == sums.count {
      places[key] = place
      sums.append((patient, FeeSum(currency: currency)))
    }
    sums[place].sum.add(touches[index].line, from: scope.from, discount: discount)
  }
}
