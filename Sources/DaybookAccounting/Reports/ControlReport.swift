import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// What another department's books say of an account that the books here control.
public struct ControlFigure: Hashable, Sendable {
  /// Which of them.
  public enum Subject: Hashable, Sendable {
    /// The value of what is on the shelves.
    case stock
    /// The value of what is on its way between clinics.
    case stockInTransit
    /// Commission that is accrued and not paid.
    case commission
    /// Net pay that is not paid.
    case wages
  }

  /// Which of them.
  public var subject: Subject
  /// How much; what is owed is above zero too.
  public var amount: Amount
  /// Whose ledger it is, in a few words: `stock on hand`.
  public var ledger: String

  /// A figure of another department.
  public init(_ subject: Subject, _ amount: Amount, ledger: String) {
    self.subject = subject
    self.amount = amount
    self.ledger = ledger
  }
}

extension AccountingReports {
  /// Every account that is kept item by item against the ledger beneath it, on D as known at S: its
  /// balance, what the items come to, and the difference, which is nothing; then party by party.
  ///
  /// Balances and items are debits less credits. The balance is that of the running sums which trial
  /// balances print. Receivables are added up from open parts of charges, deposits and credits from
  /// documents, deferred income from packages, and all else from what stands under each party.
  ///
  /// - Parameter figures: What other departments' books say of stock, commission and pay.
  public static func control(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, figures: [ControlFigure] = []
  ) -> Report {
    let scope = Scope(view, query)
    var report = scope.report(
      "control", "Sub-ledgers against control accounts",
      [
        Column("account", .identifier), Column("name", .text), Column("party", .identifier),
        Column("ref", .text), Column("ledger", .text), Column("balance", .amount),
        Column("items", .amount), Column("difference", .amount),
      ])
    let pages = ControlPages(scope, figures)
    var off = 0
    for page in pages.pages {
      let account = scope.model.chart.accounts[Int(page.account)]
      for sum in page.sums {
        let currency = sum.currency
        if sum.balance != sum.items { off += 1 }
        let words: [Cell] = [
          .identifier(account.code), .text(account.name), .empty, .empty, .text(page.ledger),
        ]
        let amounts: [Cell] = [sum.balance, sum.items, sum.balance - sum.items].map {
          .amount(Amount(minorUnits: $0, currency))
        }
        report.append(words + amounts)
      }
      for item in page.parties where item.amount != 0 {
        let words: [Cell] = [.identifier(account.code), .text(account.name)]
        let party: [Cell] =
          item.party == .none
          ? [.empty, .empty, .text("no party")] : scope.cellsAndKind(item.party)
        let figures: [Cell] = [
          .empty, .amount(Amount(minorUnits: item.amount, item.currency)), .empty,
        ]
        report.append(words + party + figures)
      }
    }
    report.notes.append(
      off == 0
        ? "Every control account equals its ledger."
        : "\(off) control accounts differ from their ledgers; run `daybook verify`.")
    report.footer = scope.footer(entries: pages.entries, debits: pages.debits)
    return report
  }
}

/// The control accounts, each with the ledger beneath it.
private struct ControlPages {
  struct Sum {
    var currency: Currency
    var balance: Int64 = 0
    var items: Int64 = 0
  }

  struct Item {
    var party: PartyKey
    var currency: Currency
    var amount: Int64
  }

  struct Page {
    let account: UInt16
    let ledger: String
    var sums: [Sum] = []
    var parties: [Item] = []
  }

  private(set) var pages: [Page] = []
  private(set) var entries = 0
  private(set) var debits = CurrencySum()
  private let scope: Scope

  private struct Key: Hashable {
    var account: UInt16
    var party: UInt32
    var currency: Currency
  }

  init(_ scope: Scope, _ figures: [ControlFigure]) {
    self.scope = scope
    let accounts = scope.model.accounts
    let credits = [accounts[.deposit], accounts[.credit]]
    let others = [
      accounts[.staffAdvances], accounts[.goodsNotInvoiced], accounts[.wagesPayable],
      accounts[.commissionPayable],
    ]
    let shown = Set(
      credits + others + figures.map { Self.account($0, accounts) } + [
        accounts[.patientReceivable], accounts[.payerReceivable], accounts[.payables],
        accounts[.packageIncome],
      ])
    var sums: [Key: Int64] = [:]
    var counter = EntryCounter()
    var debits = CurrencySum()
    scope.forEachPosting { row, _ in
      guard shown.contains(row.account) else { return }
      let currency = scope.currency(row.clinic)
      counter.count(row)
      if row.amount > 0 { debits.add(row.amount, currency) }
      guard others.contains(row.account) else { return }
      sums[Key(account: row.account, party: row.party, currency: currency), default: 0] +=
        row.amount
    }
    (entries, self.debits) = (counter.total, debits)
    let items = OpenItems(scope)
    var (patients, payers, suppliers): ([Item], [Item], [Item]) = ([], [], [])
    items.forEach([.receivable, .payable]) { open in
      let isOwed = open.key.ledger == .payable
      let item = Item(
        party: open.party, currency: scope.currency(open.clinic),
        amount: isOwed ? -open.state.open : open.state.open)
      if isOwed {
        suppliers.append(item)
      } else if open.party.party != nil {
        payers.append(item)
      } else {
        patients.append(item)
      }
    }
    add(accounts[.patientReceivable], "open items", patients)
    add(accounts[.payerReceivable], "open items", payers)
    add(accounts[.payables], "open items", suppliers)
    let documents = CreditLine.lines(items)
    for account in credits {
      let own = documents.filter { $0.account == account }
      add(
        account, "documents",
        own.map { Item(party: $0.party, currency: $0.currency, amount: -$0.open) })
    }
    for account in others {
      let items = sums.filter { $0.key.account == account }.map {
        Item(
          party: PartyKey(rawValue: $0.key.party), currency: $0.key.currency, amount: $0.value)
      }
      add(account, "parties", items)
    }
    let packages = DeferredLedger(scope).lines.map { line in
      Item(
        party: line.package.map {
          PartyKey(rawValue: scope.model.current($0.patient, at: scope.position))
        } ?? .none, currency: line.currency, amount: -line.closing)
    }
    add(accounts[.packageIncome], "packages", packages)
    for figure in figures { add(figure, accounts) }
    pages.sort {
      scope.model.chart.accounts[Int($0.account)].code
        < scope.model.chart.accounts[Int($1.account)].code
    }
  }

  /// Adds a page with the items of each party in each currency added up.
  private mutating func add(_ account: UInt16, _ ledger: String, _ items: [Item]) {
    var page = Page(account: account, ledger: ledger)
    page.sums = balances(of: account)
    for item in items.sorted(by: { ($0.party, $0.currency) < ($1.party, $1.currency) }) {
      if let last = page.parties.last, last.party == item.party, last.currency == item.currency {
        page.parties[page.parties.count - 1].amount += item.amount
      } else {
        page.parties.append(item)
      }
      let place = page.sums.firstIndex { $0.currency == item.currency }
      if let place {
        page.sums[place].items += item.amount
      } else {
        page.sums.append(Sum(currency: item.currency, items: item.amount))
      }
    }
    page.sums.removeAll { $0.balance == 0 && $0.items == 0 }
    pages.append(page)
  }

  /// The account that another department's figure is of.
  private static func account(_ figure: ControlFigure, _ accounts: SlotAccounts) -> UInt16 {
    switch figure.subject {
    case .stock: accounts[.inventory]
    case .stockInTransit: accounts[.stockInTransit]
    case .commission: accounts[.commissionPayable]
    case .wages: accounts[.wagesPayable]
    }
  }

  private mutating func add(_ figure: ControlFigure, _ accounts: SlotAccounts) {
    let account = Self.account(figure, accounts)
    let sign: Int64 =
      switch figure.subject {
      case .stock, .stockInTransit: 1
      case .commission, .wages: -1
      }
    let item = Item(
      party: .none, currency: figure.amount.currency, amount: sign * figure.amount.minorUnits)
    var page = Page(account: account, ledger: figure.ledger)
    page.sums = balances(of: account).filter { $0.currency == item.currency }
    if page.sums.isEmpty { page.sums = [Sum(currency: item.currency)] }
    page.sums[0].items = item.amount
    page.sums.removeAll { $0.balance == 0 && $0.items == 0 }
    pages.append(page)
  }

  /// The balances of an account as trial balances print them, by currency.
  private func balances(of account: UInt16) -> [Sum] {
    let turnovers = scope.model.turnovers(through: scope.through, at: scope.position)
    var sums: [Sum] = []
    for clinic in 0..<scope.model.slots.count where scope.includes(clinic: UInt16(clinic)) {
      let currency = scope.currency(UInt16(clinic))
      let balance = turnovers[Int(account), clinic].balance
      if let place = sums.firstIndex(where: { $0.currency == currency }) {
        sums[place].balance += balance
      } else {
        sums.append(Sum(currency: currency, balance: balance))
      }
    }
    return sums.sorted { $0.currency < $1.currency }
  }
}
