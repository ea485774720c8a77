import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
public import DaybookValues

extension AccountingReports {
  /// What services, practitioners, clinics, payers or months earned from `from` to D as known at S, less
  /// what was used on patients and the commission that it led to.
  ///
  /// `net` is the income that charges and packages posted, less discounts: of a package nothing when it
  /// is sold, its sessions where and when they are used, by whom, and what is kept of it when it is given
  /// up or expires, by the charge that sold it. What is taken off later is none of it. `units` is what
  /// was charged, packages that were sold too.
  ///
  /// `materials` is what left the shelf, at the cost that the events fixed. `recipe` is what the recipes
  /// of the treatments would have used, at the cost of the same issue, else at what the item last cost
  /// there. Goods that were used in an encounter as a whole are its practitioner's and of no service; the
  /// payer of goods is who owed the charge of the treatment at first. Commission counts when it is
  /// accrued, by the charge that it is of. The footer counts the events
  /// behind it.
  ///
  /// - Parameter form: What they are summed up by, and the only values of those: dimensions of
  ///   `GroupedReport.margin`; by service if it says nothing.
  /// - Throws: `.overflow` where a sum does not fit.
  /// - Complexity: O(charges, packages' moves, treatments, goods used, and commissions).
  public static func margin(
    _ earnings: Snapshot<EarningsModel>, _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery,
    form: RowForm = RowForm()
  ) throws(ValueError) -> Report {
    let scope = Scope(view, query)
    var form = form
    form.by = form.by ?? .service
    let names = ["net", "recipe", "materials", "commission", "contribution"]
    let plain = scope.report(
      "margin", "Margin", [Column("units", .count)] + names.map { Column($0, .amount) })
    var rows = GroupedRows(plain, form, sums: ["units"] + names, figure: "contribution", scope)
    let keys = MarginKeys(scope, earnings.model)
    var events = EventTally(through: scope.position)
    EarnedParts(scope).walk { part in
      guard let charge = part.charge else { return }
      let isAsked = rows.add({ keys.ofCharges.key($0, charge) }, part.currency) { sums in
        sums[0].add(part.units)
        for column in [1, 5] {
          sums[column].add(part.gross)
          sums[column].total -= Int128(part.discount)
        }
      }
      if isAsked { events.note(part.position) }
    }
    let used = try MaterialSums(scope, earnings.model) { row in
      let (occasion, line) = (row.occasion, row.line)
      guard occasion.day >= scope.from,
        rows.takes({ keys.key($0, ofUseOn: line, occasion.clinic, occasion.day) })
      else { return }
      events.note(row.position)
    }
    for part in used.parts where part.day >= scope.from {
      func key(_ dimension: ReportDimension) -> GroupKey {
        keys.key(dimension, ofUseOn: part.line, part.clinic, part.day)
      }
      rows.add(key, part.currency) { sums in
        sums[2].add(part.recipe)
        sums[3].add(part.value)
        sums[5].total -= Int128(part.value)
      }
    }
    scope.forEach(earnings.model.commissions) { row in
      guard row.occasion.day >= scope.from else { return }
      let isAsked = rows.add({ keys.key($0, row) }, scope.currency(row.occasion)) { sums in
        sums[4].add(row.amount)
        sums[5].total -= Int128(row.amount)
      }
      if isAsked { events.note(row.position) }
    }
    var report = rows.finished()
    report.footer = scope.footer(entries: events.count, debits: CurrencySum())
    return report
  }
}

/// What goods and commissions are of: the treatment that they were used in, the charge that they are of.
struct MarginKeys {
  private struct Treatment {
    var service: UInt64 = 0
    var practitioner: UInt64 = 0
    /// The event that charged it; the start where none did.
    var charged = Position.start
  }

  let ofCharges: RowKeys
  private let charges: History<ChargeRow>
  private var table = LineTable()
  private var treatments: [Treatment] = []

  init(_ scope: Scope, _ model: EarningsModel) {
    ofCharges = RowKeys(scope)
    charges = scope.model.charges
    scope.forEach(model.treatments) { row in
      note(row.line) { ($0.service, $0.practitioner) = (row.service, row.practitioner) }
      // What is used in an encounter as a whole is of whoever did the first treatment.
      note(LineKey(row.line.encounter, 0)) { $0.practitioner = row.practitioner }
    }
    scope.forEach(model.billings) { row in
      guard row.count > 0, let place = table[row.line] else { return }
      treatments[place].charged = row.position
    }
  }

  /// The first treatment of a line says what it is.
  private mutating func note(_ line: LineKey, _ body: (inout Treatment) -> Void) {
    guard table.place(line) == treatments.count else { return }
    var treatment = Treatment()
    body(&treatment)
    treatments.append(treatment)
  }

  /// The group of goods that were used on a line of an encounter.
  func key(
    _ dimension: ReportDimension, ofUseOn line: LineKey, _ clinic: UInt64, _ day: Int32
  ) -> GroupKey {
    let treatment = table[line].map { treatments[$0] }
    switch dimension {
    case .clinic: return GroupKey(clinic)
    case .month: return GroupKey(monthOf: day)
    case .service: return GroupKey(treatment?.service ?? 0)
    case .practitioner: return GroupKey(treatment?.practitioner ?? 0)
    case .payer:
      guard let charged = treatment?.charged, charged != .start,
        let place = charges.rows(of: charged).first
      else { return .none }
      return ofCharges.key(.payer, charges[place])
    default: return .none
    }
  }

  /// The group of a commission.
  func key(_ dimension: ReportDimension, _ row: CommissionRow) -> GroupKey {
    switch dimension {
    case .clinic: return GroupKey(row.occasion.clinic)
    case .month: return GroupKey(monthOf: row.occasion.day)
    default:
      guard let number = UInt32(exactly: row.charge),
        let charge = charges.row(ofCharge: number)
      else { return .none }
      return ofCharges.key(dimension, charge)
    }
  }
}
