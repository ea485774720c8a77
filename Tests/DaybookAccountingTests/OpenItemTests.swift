import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// A seeded desk that sells, claims, buys, pays and reconciles, and asks for more than it may.
private struct OpenItems {
  var desk: DecidedBooks
  var random: SeededNumbers
  var refused = 0
  var done = 0

  init(_ seed: UInt64) throws {
    random = SeededNumbers(seed: seed)
    desk = try DecidedBooks(proRata: 3_000)
    try desk.perform(
      as: .admin,
      DefineService.with {
        $0.name = "Sessions"
        $0.type = .package
      })
    try desk.perform(
      as: .admin,
      DefineItem.with {
        $0.name = "Gloves"
        $0.baseUnit = "piece"
      })
    try desk.perform(
      as: .reception,
      SetCoverage.with {
        $0.patient = PatientID(1)
        $0.payer = PartyID(1)
        $0.priority = .primary
        $0.from = Day(daysSince1970: 20_454)
        $0.copay = .share(Rate(basisPoints: 2_000))
      })
    try desk.see()
  }

  private mutating func pick(_ count: UInt64) -> UInt64 { .random(in: 1...count, using: &random) }
  private mutating func minor(_ range: ClosedRange<Int64> = -5...200) -> Amount {
    money(.random(in: range, using: &random))
  }

  private mutating func attempt<C: Command>(
    _ role: ClinicRole, _ command: C
  ) throws where C.State == DeskState {
    if try desk.attempt(as: role, command) { done += 1 } else { refused += 1 }
  }

  mutating func step() throws {
    switch pick(15) {
    case 1:
      try attempt(.practitioner, treatment())
    case 2:
      try attempt(
        .reception,
        SellPackage.with {
          $0.patient = PatientID(1)
          $0.service = ServiceID(2)
          $0.sessions = UInt32(pick(5))
          $0.price = minor()
          $0.discount = money(Int64(pick(3)))
          $0.priceReason = .promotion
        })
    case 3:
      try attempt(
        .cashier,
        CancelPackage.with {
          $0.package = PackageID(pick(6))
          $0.refundDue = minor(0...90)
          $0.reason = .patient
        })
    case 4:
      try attempt(
        .accountant,
        SubmitClaim.with {
          $0.payer = PartyID(1)
          $0.charges = [ClaimRequest(ChargeID(pick(20)))]
        })
    case 5: try attempt(.accountant, remittance())
    case 6:
      try attempt(
        .cashier,
        ReceivePayment.with {
          $0.from = .party(pick(2) == 1 ? .patient(PatientID(1)) : .payer(PartyID(1)))
          $0.amount = minor()
          $0.method = pick(2) == 1 ? .card(CardTender()) : .transfer(BankTender())
          $0.settling = [ChargeID(pick(20))]
        })
    case 7:
      try attempt(
        .buyer,
        ReceiveGoods.with {
          $0.supplier = PartyID(2)
          $0.lines = [
            .with {
              $0.item = ItemID(1)
              $0.quantity = Quantity(thousandths: Int64(pick(9)) * 1000)
              $0.value = minor(1...200)
            }
          ]
        })
    case 8: try attempt(.accountant, invoice())
    case 13: try attempt(.buyer, goodsReturn())
    case 14: try attempt(.accountant, creditNote())
    case 9:
      let amount = minor(1...120)
      try attempt(
        .accountant,
        MakePayment.with {
          $0.to = .party(PartyID(2))
          $0.amount = amount
          $0.settles = [PaidItem(.invoice(SupplierInvoiceID(pick(9))), amount)]
        })
    case 10: try attempt(.accountant, line())
    case 11: try attempt(.accountant, entry())
    default: try attempt(.accountant, reversal())
    }
  }

  private mutating func treatment() -> PerformTreatment {
    .with {
      $0.encounter = EncounterID(1)
      $0.service = ServiceID(1)
      $0.priceReason = .agreed
      if pick(2) == 1 {
        $0.package = PackageID(pick(6))
        $0.listPrice = money(0)
      } else {
        $0.listPrice = minor()
      }
    }
  }

  private mutating func remittance() -> ReceiveRemittance {
    let claim = ClaimID(pick(8))
    let charge = desk.spec.state.claims.claims[claim]?.charges.first ?? ChargeID(1)
    return .with {
      $0.payer = PartyID(1)
      $0.reference = "RA"
      $0.lines = [RemittedCharge(claim, charge, minor(-60...90))]
      if pick(3) == 1 {
        $0.providerAdjustments = [ProviderAdjustment(.balance, "FB", minor(-40...60))]
      }
      if pick(4) == 1 {
        $0.providerAdjustments.append(ProviderAdjustment(.fee, "F", money(-1)))
      }
    }
  }

  private mutating func invoice() -> RecordSupplierInvoice {
    .with {
      $0.supplier = PartyID(2)
      $0.number = "\(pick(30))"
      $0.date = Day(daysSince1970: 20_514)
      if pick(2) == 1 {
        let receipt = ReceiptID(pick(6))
        let open = desk.spec.state.purchasing.line(1, of: receipt)?.openValue ?? 10
        $0.lines = [
          .with {
            $0.receipt = receipt
            $0.net = money(open + Int64(pick(3)) - 2)
            $0.tax = money(Int64(pick(20)))
          }
        ]
      } else {
        $0.lines = [
          .with {
            $0.account = "6100"
            $0.net = minor(-50...200)
            $0.reverseCharge = pick(3) == 1
            $0.tax = money($0.net.minorUnits / 5)
          }
        ]
      }
      if pick(3) == 1 { $0.withheld = Withholding(money(1), "w") }
    }
  }

  private mutating func goodsReturn() -> ReturnGoods {
    .with {
      $0.receipt = ReceiptID(pick(6))
      $0.reason = "seeded"
      $0.lines = [
        .with {
          $0.item = ItemID(1)
          $0.quantity = Quantity(thousandths: Int64(pick(4)) * 1000)
        }
      ]
    }
  }

  private mutating func creditNote() -> RecordSupplierInvoice {
    let receipt = ReceiptID(pick(6))
    let line = desk.spec.state.purchasing.line(1, of: receipt)
    let value =
      (line?.returnedValue ?? 0) > 0 ? line?.returnedValue ?? 1 : line?.invoicedValue ?? 1
    return .with {
      $0.supplier = PartyID(2)
      $0.number = "C\(pick(30))"
      $0.date = Day(daysSince1970: 20_514)
      $0.lines = [
        .with {
          $0.receipt = receipt
          $0.net = money(0 - max(1, value))
          $0.tax = money(0 - Int64(pick(20)))
        }
      ]
    }
  }

  private mutating func line() -> ReconcileBankLine {
    let payment = PaymentID(pick(20))
    let amount = desk.spec.state.ledger.bankItem(of: payment)?.amount ?? 5
    return .with {
      $0.line = "\(pick(40))"
      $0.amount = money(amount - 1)
      $0.matches = [
        StatementMatch(.payment(payment)), StatementMatch(.account("6210"), money(-1)),
      ]
    }
  }

  private mutating func entry() -> PostJournal {
    let amount = minor(1...50)
    return .with {
      $0.memo = "m"
      $0.opening = true
      $0.lines = [
        .with {
          $0.account = pick(2) == 1 ? "1200" : "3000"
          $0.debit = amount
          $0.party = .patient(PatientID(1))
          $0.document = "old"
          $0.due = Day(daysSince1970: 20_514)
        },
        .with {
          $0.account = pick(2) == 1 ? "2150" : "2000"
          $0.credit = amount
          $0.party = $0.account == "2000" ? .party(PartyID(2)) : .patient(PatientID(1))
          $0.document = "old"
          $0.due = Day(daysSince1970: 20_514)
        },
      ]
    }
  }

  private mutating func reversal() -> ReverseEvent {
    .with {
      $0.of = Position(pick(desk.spec.history.lastPosition.number))
      $0.reason = "seeded"
    }
  }
}

@Suite struct `What is open at the Desk` {
  // Every control account is the sum of the open items that the Desk keeps for it.
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `is what the books hold in its account, whatever happens`(_ seed: UInt64) throws {
    var life = try OpenItems(seed)
    for step in 0..<240 {
      try life.step()
      if step % 40 == 39 { try check(life.desk, "seed \(seed), step \(step)") }
    }
    #expect(life.refused > 40 && life.done > 60, "seed \(seed)")
    #expect(life.desk.faults.isEmpty, "seed \(seed)")
  }

  private func check(_ desk: DecidedBooks, _ note: Comment) throws {
    let state = desk.spec.state
    func all<Kind: IdentifierKind, Record>(
      _ table: Dense<Kind, Record>, _ amount: (Record) -> Int64
    ) -> Int64 {
      (0..<table.count).reduce(0) { sum, index in
        sum + (table[Identifier(UInt64(index) + 1)].map(amount) ?? 0)
      }
    }
    let owed = all(state.billing.charges) { $0.owed }
    #expect(desk.balance("1200") + desk.balance("1210") == owed, note)
    let credit = all(state.billing.payments) { $0.unapplied }
    let carried = state.claims.carried(by: PartyID(1), at: ClinicID(1))
    #expect(desk.balance("2150") == -credit - carried, note)
    #expect(
      desk.balance("2110") == -all(state.packages.packages) { $0.isLive ? $0.rest : 0 }, note)
    let invoices = all(state.purchasing.invoices) { $0.open }
    let opening = (1...max(1, state.ledger.entries.count)).reduce(0 as Int64) { sum, entry in
      let items = (1...2 as ClosedRange<UInt32>).compactMap { line in
        state.ledger.openItem(OpeningItem(JournalID(UInt64(entry)), line: line))?.open
      }
      return sum + items.reduce(0, +)
    }
    let returned = (1...max(1, state.purchasing.receipts.count)).reduce(0 as Int64) {
      $0 + (state.purchasing.line(1, of: ReceiptID(UInt64($1)))?.returnedValue ?? 0)
    }
    #expect(desk.balance("2000") == returned - invoices - opening, note)
    let received = (1...max(1, state.purchasing.receipts.count)).reduce(0 as Int64) {
      $0 + (state.purchasing.line(1, of: ReceiptID(UInt64($1)))?.openValue ?? 0)
    }
    #expect(desk.balance("2010") == -received, note)
  }
}
