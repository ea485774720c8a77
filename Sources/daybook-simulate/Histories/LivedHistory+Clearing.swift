import Daybook
import DaybookScenarios

// What clears what on a day D as known at a position S, held to models that never knew more than S, to
// the accounts as their postings add up, and to what the Desk knows.
extension LivedHistory {
  private static let payers = ["1210"]

  /// - Parameter earlier: All models as they were at S.
  func compareClearing(
    _ earlier: ProjectionHost, _ question: BookQuestion, _ added: AddedUp
  ) throws {
    let (now, past) = (ClearingPages(host, question), ClearingPages(earlier, question))
    guard now.digest == past.digest else {
      throw broken(.clearing, "what clears what \(question.words) has another digest now")
    }
    for (page, other) in zip(try now.pages(), try past.pages()) where page.rows != other.rows {
      throw broken(.clearing, "\(page.name) \(question.words) are others now")
    }
    let goods = now.goods
    try expect(added, ["2010"], goods.sums("open").mapValues { 0 - $0 }, goods, question)
    let bank = try now.bank
    for row in bank.rows {
      guard Report.text(row[bank.column("part")]) == "difference", bank.minor(row, "amount") != 0
      else { continue }
      throw broken(.clearing, "the bank \(question.words) differs by \(bank.minor(row, "amount"))")
    }
    let booked = bank.sums("amount") { Report.text($0[bank.column("part")]) == "book balance" }
    try expect(added, ["1100"], booked, bank, question)
    try compareClaims(now, question, added)
    let remittances = now.remittances
    for row in remittances.rows {
      let parts = ["lines", "takenBack", "interest", "fees", "carried"]
      let sum = parts.reduce(0) { $0 + remittances.minor(row, $1) }
      guard sum == remittances.minor(row, "total") else {
        throw broken(.clearing, "\(row[0]) \(question.words) is not the sum of its parts")
      }
    }
  }

  /// Sums by currency are the balance of accounts.
  private func expect(
    _ added: AddedUp, _ accounts: [String], _ sums: [Currency: Int64], _ report: Report,
    _ question: BookQuestion
  ) throws {
    var wanted: [Currency: Int64] = [:]
    for (place, turnover) in added.turnovers where accounts.contains(place.account) {
      wanted[place.currency, default: 0] += turnover.balance
    }
    for currency in Set(wanted.keys).union(sums.keys).sorted() {
      let (found, known) = (sums[currency] ?? 0, wanted[currency] ?? 0)
      guard found == known else {
        throw broken(
          .clearing, "\(report.name) \(question.words) come to \(found), not \(known)")
      }
    }
  }

  /// All that payers owe is on claims or beside; a claim's parts are its total, and of what it was
  /// answered no more is to come than is owed.
  private func compareClaims(
    _ pages: ClearingPages, _ question: BookQuestion, _ added: AddedUp
  ) throws {
    let debts = pages.debts
    var owed: [Currency: Int64] = [:]
    for amount in debts.claimed + debts.beside {
      owed[amount.currency, default: 0] += amount.minorUnits
    }
    try expect(added, Self.payers, owed, pages.claims(), question)
    var listed: [Currency: Int64] = [:]
    for status in ClaimStatus.allCases {
      let claims = pages.claims(status)
      for row in claims.rows {
        func part(_ name: String) -> Int64 { claims.minor(row, name) }
        let sum =
          part("paid") + part("contractual") + part("patientDue") + part("other") + part("open")
        guard sum == part("total"), part("open") >= 0 else {
          throw broken(.clearing, "\(row[0]) \(question.words) is not the sum of its parts")
        }
        if status == .adjudicated || status == .denied, part("open") > max(0, part("owed")) {
          throw broken(.clearing, "\(row[0]) \(question.words) is open beyond what is owed")
        }
        if !status.isStanding, part("open") != 0 || part("owed") != 0 {
          throw broken(.clearing, "\(row[0]) \(question.words) is \(status) and open")
        }
        listed[claims.currency(row), default: 0] += part("owed")
      }
    }
    guard question.clinic == nil else { return }
    for amount in debts.claimed {
      guard listed[amount.currency] ?? 0 == amount.minorUnits else {
        throw broken(.clearing, "what is owed of claims \(question.words) is not \(amount)")
      }
    }
  }

  /// At the end of it all, what the Desk knows that the payers have paid of each claim whose charges
  /// stood on no other and were not rectified.
  func compareClaims() throws {
    let question = BookQuestion(on: Day(daysSince1970: .max), knownAt: engine.lastPosition)
    let claims = ClearingPages(host, question).claims()
    for row in claims.rows {
      guard let id = try? ClaimID(parsing: Report.text(row[0])), let claim = state.claims.claims[id]
      else { continue }
      let charges = claim.charges.compactMap { state.billing.charges[$0] }
      guard charges.allSatisfy({ $0.claims.count == 1 && $0.invoiced == 0 && $0.sale == nil })
      else { continue }
      let paid = charges.reduce(0) { $0 + ($1.claims.first?.paid ?? 0) }
      guard claims.minor(row, "paid") == paid else {
        throw broken(
          .clearing,
          "\(id) was paid \(paid) by what the Desk knows, and is listed with "
            + "\(claims.minor(row, "paid"))")
      }
    }
  }
}

/// The reports of what clears what, asked one question.
private struct ClearingPages {
  private let clearing: Snapshot<ClearingModel>
  private let view: Snapshot<AccountingModel>
  private let question: BookQuestion

  init(_ host: ProjectionHost, _ question: BookQuestion) {
    clearing = host.snapshot()
    view = host.snapshot()
    self.question = question
  }

  /// Without the first day: how things stand.
  private var query: AccountingQuery {
    AccountingQuery(on: question.on, knownAt: question.knownAt, clinic: question.clinic)
  }

  var digest: String { clearing.model.digest(knownAt: question.knownAt) }

  var goods: Report { AccountingReports.goodsNotInvoiced(clearing, view, query) }

  var remittances: Report { AccountingReports.remittances(clearing, view, question.query) }

  var bank: Report {
    get throws {
      try AccountingReports.bankReconciliation(clearing, view, query, isDetailed: true)
    }
  }

  var debts: (claimed: [Amount], beside: [Amount]) {
    AccountingReports.payersDebts(clearing, view, query)
  }

  func claims(_ status: ClaimStatus? = nil) -> Report {
    AccountingReports.claims(clearing, view, query, ClaimFilter(status: status))
  }

  func pages() throws -> [Report] {
    [goods, remittances, try bank, claims(), claims(.replaced), claims(.reversed)]
  }
}

extension Report {
  /// The sums of a column of amounts, by currency.
  fileprivate func sums(
    _ name: String, where holds: ([Cell]) -> Bool = { _ in true }
  ) -> [Currency: Int64] {
    var sums: [Currency: Int64] = [:]
    for row in rows where holds(row) {
      guard case .amount(let amount) = row[column(name)] else { continue }
      sums[amount.currency, default: 0] += amount.minorUnits
    }
    return sums
  }
}
