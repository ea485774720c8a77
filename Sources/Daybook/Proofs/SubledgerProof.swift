import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookLogistics
import DaybookValues

/// Sub-ledgers against the accounts that control them, currency by currency.
struct SubledgerProof {
  let balances: AccountBalances

  init(_ balances: AccountBalances) { self.balances = balances }

  func check(_ ledger: Subledger, _ sums: SubledgerSums) -> Check {
    var items: [ClinicID: Int128] = [:]
    for clinic in sums.clinics { items[clinic] = sums[clinic] }
    return check(name(ledger), ledger.accounts, items, over: "\(sums.count) items")
  }

  /// Person by person, as it is invoiced: what is owed to one must not be paid to another.
  func commission(_ owed: [Owner: Int128]) -> Check {
    var off: [Currency: [StaffID: Int128]] = balances.staffBalances("2330")
    for (owner, sum) in owed {
      let currency = balances.currency(ofClinic: owner.clinic.number)
      off[currency, default: [:]][owner.staff, default: 0] += sum
    }
    var found: String?
    for (currency, people) in off.sorted(by: { $0.key < $1.key }) {
      for (staff, difference) in people.sorted(by: { $0.key < $1.key }) where difference != 0 {
        let whose = staff.isNone ? "nobody's" : "that of \(staff)"
        found =
          found ?? "\(currency.code): \(whose) differs from the books by \(difference) minor units"
      }
    }
    return Check(
      "commission not yet paid equals \(balances.ownCode("2330"))", found: found,
      over: "\(Set(owed.keys.map(\.clinic)).count) clinics")
  }

  /// Whom something is owed to, and by which clinic; nobody where no person is named.
  struct Owner: Hashable {
    var clinic: ClinicID
    var staff: StaffID
  }

  func stock(_ model: LogisticsModel, at position: Position) -> [Check] {
    let onHand = "stock by its lots equals \(balances.ownCode("1400"))"
    let transit = "goods on their way equal \(balances.ownCode("1410"))"
    do throws(ValueError) {
      let worth = try model.worth(at: position)
      var (there, between): ([ClinicID: Int128], [ClinicID: Int128]) = ([:], [:])
      for clinic in worth {
        there[clinic.clinic] = Int128(clinic.onHand.minorUnits)
        between[clinic.clinic] = Int128(clinic.inTransit.minorUnits)
      }
      return [
        check(onHand, ["1400"], there, over: "\(worth.count) clinics"),
        check(transit, ["1410"], between, over: "\(worth.count) clinics"),
      ]
    } catch {
      return [onHand, transit].map { Check($0, passed: false, detail: "\(error)") }
    }
  }

  /// What `items` come to, by clinic, is the balance of the accounts, over all clinics of a currency.
  private func check(
    _ name: String, _ accounts: [String], _ items: [ClinicID: Int128], over detail: String
  ) -> Check {
    var listed: [Currency: Int128] = [:]
    var control: [Currency: Int128] = [:]
    for (clinic, sum) in items {
      listed[balances.currency(ofClinic: clinic.number), default: 0] += sum
    }
    for clinic in balances.clinics {
      control[balances.currency(ofClinic: clinic), default: 0] +=
        balances.balance(accounts, atClinic: clinic)
    }
    let currencies = Set(listed.keys).union(control.keys).sorted()
    let off = currencies.first { listed[$0] ?? 0 != control[$0] ?? 0 }
    return Check(
      name,
      found: off.map {
        "\($0.code): items come to \(listed[$0] ?? 0) minor units, the books to "
          + "\(control[$0] ?? 0)"
      },
      over: detail)
  }

  private func name(_ ledger: Subledger) -> String {
    let what =
      switch ledger {
      case .receivables: "what is owed of charges equals"
      case .credits: "what is left of payments equals"
      case .payables: "what suppliers are owed equals"
      case .receivedGoods: "what was received and not invoiced equals"
      case .packages: "sessions not yet used equal"
      case .wages: "pay not yet paid equals"
      }
    return "\(what) \(ledger.accounts.map(balances.ownCode).joined(separator: " and "))"
  }
}
