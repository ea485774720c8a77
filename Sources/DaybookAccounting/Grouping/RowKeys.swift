import DaybookEvents
import DaybookReporting
import DaybookValues

extension Scope: GroupNames {
  func reference(of stream: StreamID) -> String { model.reference(stream, at: position) }

  func service(_ number: UInt64) -> (code: String, name: String)? {
    model.serviceRegistry.find(number, at: position).map { ($0.facts.code, $0.facts.name) }
  }

  func accountName(_ code: String) -> String? {
    model.chart.index(of: code).map { model.chart.accounts[$0].name }
  }

  func current(_ party: UInt32) -> UInt32 { model.current(party, at: position) }

  /// The group of an account by its index in the chart.
  func key(ofAccount index: UInt16) -> GroupKey {
    .words(0, model.chart.accounts[Int(index)].code)
  }
}

/// The groups of postings, charges and open items, read as the filters of postings read them.
///
/// By reference, as `Scope` is: it is captured by what is called for every row.
final class RowKeys: Sendable {
  private let scope: Scope
  private let dimensions: PostingDimensions

  init(_ scope: Scope) {
    self.scope = scope
    dimensions = PostingDimensions(scope)
  }

  /// The group of a posting; none under a dimension that postings do not have.
  func key(_ dimension: ReportDimension, _ row: Posting) -> GroupKey {
    switch dimension {
    case .clinic: GroupKey(dimensions.value(.clinic, of: row))
    case .practitioner: GroupKey(dimensions.value(.practitioner, of: row))
    case .service: GroupKey(dimensions.value(.service, of: row))
    case .payer: GroupKey(dimensions.value(.payer, of: row))
    case .taxCode: GroupKey(row.taxCode)
    case .party: GroupKey(row.party)
    case .supplier: GroupKey(PartyKey(rawValue: row.party).party?.number ?? 0)
    case .account: scope.key(ofAccount: row.account)
    case .month: GroupKey(monthOf: row.day)
    // 0 is the system, which is somebody.
    case .user: .number(scope.model.actors[row.actor].rawValue)
    case .type: .words(0, scope.model.eventName(row))
    case .journal: .words(0, PostingRule.builtIn[Int(row.rule)].journal)
    case .item, .age, .status, .kind, .series: .none
    }
  }

  /// The group of an open item: that of the charge or paper that it is of, and of who owes it.
  func key(_ dimension: ReportDimension, _ item: OpenAmount) -> GroupKey {
    var row = Posting()
    row.party = item.party.rawValue
    row.document = item.key.document
    row.clinic = item.clinic
    return key(dimension, row)
  }

  /// The group of a charge.
  func key(_ dimension: ReportDimension, _ charge: ChargeRow) -> GroupKey {
    switch dimension {
    case .clinic: GroupKey(scope.model.slots.number(charge.clinic))
    case .practitioner: GroupKey(charge.practitioner)
    case .service: GroupKey(charge.service)
    case .payer: GroupKey(PartyKey(rawValue: charge.responsible).party?.number ?? 0)
    case .party: GroupKey(scope.current(charge.patient))
    case .month: GroupKey(monthOf: charge.day)
    case .taxCode: GroupKey(charge.taxCode)
    default: .none
    }
  }
}
