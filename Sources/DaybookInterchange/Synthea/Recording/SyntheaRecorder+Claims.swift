import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

extension SyntheaRecorder {
  /// Who owes by a row's TRANSFERTYPE: a payer that the claim names, else the patient.
  ///
  /// - Returns: Nil where the payer is not in the book.
  func debtor(
    _ party: TransactionRow.Party?, of claim: SyntheaExport.Claim, _ patient: PatientID
  ) -> Debtor? {
    switch party {
    case .primary:
      guard let primary = claim.primary else { return .patient(patient) }
      return payers[Int(primary)].map { .payer($0, .primary) }
    case .secondary:
      guard let secondary = claim.secondary else { return .patient(patient) }
      // A payer that is both is one party.
      let priority = claim.secondary == claim.primary ? CoveragePriority.primary : .secondary
      return payers[Int(secondary)].map { .payer($0, priority) }
    case .patient, nil: return .patient(patient)
    }
  }

  /// A claim: submitted, then its rows in order, then answered.
  ///
  /// Its charges stand in the book already, those too that follow its first payment.
  func recordClaim(_ index: Int, _ rows: ArraySlice<Int32>) async throws {
    let claim = export.claims.rows[index]
    let submitted = try await submit(claim, rows)
    var story = ClaimStory(claim: claim)
    for row in rows { try await record(row, &story) }
    for (_, row) in story.opened.sorted(by: { $0.key < $1.key }) {
      let entry = export.ledger.entries[row]
      try tally.refuse(
        place(entry, "CHARGEID"),
        unknown: "no TRANSFERIN row of the claim names \(entry.number) as its TRANSFEROUTID; "
          + "add it")
    }
    guard let submitted, claim.isClosed else { return }
    var answer = AdjudicateClaim()
    answer.claim = submitted.claim
    answer.outcome = .adjudicated
    let last = rows.map { export.ledger.entries[Int($0)].from }.max()
    _ = try await recorder.submit(
      answer,
      Recorder.Source(
        reference: "\(claim.id)/adjudicated",
        place: RowPlace(SyntheaFile.claims.fileName, row: claim.row), rows: 0),
      clinic: submitted.clinic, effective: last.map { Instant(milliseconds: $0) } ?? opening)
  }

  /// Asks the claim's first payer for the charges that it owed at first.
  private func submit(
    _ claim: SyntheaExport.Claim, _ rows: ArraySlice<Int32>
  ) async throws -> (claim: ClaimID, clinic: ClinicID)? {
    guard let primary = claim.primary else { return nil }
    let place = RowPlace(SyntheaFile.claims.fileName, row: claim.row)
    var command = SubmitClaim()
    command.priority = .primary
    var last: Int64?
    var refused: Int32?
    for row in rows {
      let entry = export.ledger.entries[Int(row)]
      guard entry.kind == .charge else { continue }
      last = max(last ?? entry.from, entry.from)
      guard entry.party == .primary else { continue }
      if charges[Int(row)].isNone { refused = entry.row }
      command.charges.append(ClaimRequest(charges[Int(row)]))
    }
    if let refused {
      try tally.refuse(
        place,
        unknown: "its charge, \(SyntheaFile.transactions.fileName) row \(refused), "
          + "is not recorded")
      return nil
    }
    guard let payer = payers[Int(primary)],
      let clinic = clinics[Int(export.encounters.rows[Int(claim.encounter)].clinic)]
    else {
      try tally.refuse(place, unknown: "its payer or its clinic is refused; correct that row")
      return nil
    }
    if command.charges.isEmpty {
      tally.found(
        .invalidState, "charges",
        "its payer owes no charge of the claim at first; no claim is made", at: place)
      return nil
    }
    command.payer = payer
    let receipt = try await recorder.submit(
      command, Recorder.Source(reference: claim.id, place: place), clinic: clinic,
      effective: last.map { Instant(milliseconds: $0) } ?? opening)
    return receipt?.first(.claim).map { (ClaimID($0), clinic) }
  }

  // MARK: - Rows

  /// A row acts on the charge before it.
  private func record(_ row: Int32, _ story: inout ClaimStory) async throws {
    let index = Int(row)
    let entry = export.ledger.entries[index]
    if entry.kind == .charge {
      let encounter = export.encounters.rows[Int(entry.encounter)]
      let patient = patients[Int(encounter.patient)]
      let first = patient.flatMap { self.debtor(entry.party, of: story.claim, $0) }
      return story.begin(index, entry, of: patient, owedBy: first)
    }
    if entry.kind == .transferOut {
      story.opened[entry.number] = index
      return
    }
    let out = entry.kind == .transferIn ? story.close(entry.transferOut) : nil
    guard let charge = story.charge, let patient = story.patient, let current = story.current,
      !charges[charge].isNone, let clinic = clinics[Int(export.ledger.entries[charge].place)]
    else {
      return try refuseWithoutCharge(entry, out, story)
    }
    switch entry.kind {
    case .payment:
      try await receive(entry, index, charges[charge], current, &story)
    case .adjustment:
      try await adjust(entry, index, charges[charge], clinic, &story)
    case .transferIn:
      guard let out else {
        return try tally.refuse(
          place(entry, "TRANSFEROUTID"),
          unknown: entry.transferOut < 0
            ? "no TRANSFEROUT row of its claim stands before it; add it"
            : "no TRANSFEROUT row before it in its claim has CHARGEID \(entry.transferOut); "
              + "add or correct it")
      }
      guard let to = debtor(entry.party, of: story.claim, patient) else {
        return try tally.refuse(
          place(entry, "TRANSFERTYPE"), unknown: "the payer is refused; correct its row")
      }
      try await transfer(entry, out, charges[charge], clinic, to, &story)
    case .charge, .transferOut: break
    }
  }

  private func receive(
    _ entry: LedgerIndex.Entry, _ index: Int, _ charge: ChargeID, _ current: Debtor,
    _ story: inout ClaimStory
  ) async throws {
    guard let clinic = clinics[Int(entry.place)], let patient = patients[Int(entry.patient)] else {
      return try tally.refuse(
        place(entry, nil), unknown: "its patient or its clinic is refused; correct that row")
    }
    var from = Party.patient(patient)
    if entry.method == .electronicCheque, case .payer = current { from = current.party }
    var command = ReceivePayment()
    command.from = .party(from)
    command.amount = Amount(minorUnits: entry.amount, .usd)
    command.method = Self.method(entry.method)
    command.settling = [charge]
    story.pay(entry.amount, from)
    _ = try await recorder.submit(
      command, Recorder.Source(reference: export.ledger.id(index), place: place(entry, nil)),
      clinic: clinic, effective: Instant(milliseconds: entry.from))
  }

  private static func method(_ method: TransactionRow.Method?) -> PaymentMethod {
    switch method {
    case .card: .card(CardTender())
    case .cheque: .cheque(BankTender())
    case .electronicCheque: .transfer(BankTender())
    case .copay, .cash, .system, nil: .cash(CashTender())
    }
  }

  /// Moves what is owed; what moves nothing is no action, here and whenever it is imported again.
  private func transfer(
    _ entry: LedgerIndex.Entry, _ out: Int, _ charge: ChargeID, _ clinic: ClinicID, _ to: Debtor,
    _ story: inout ClaimStory
  ) async throws {
    let first = export.ledger.entries[out]
    guard let from = story.current else { return }
    story.current = to
    if from == to { return }
    guard story.move(entry.amount, from, to) > 0 else {
      if entry.amount > 0 {
        tally.found(
          .overAllocated, "amount",
          "\(Amount(minorUnits: entry.amount, .usd)) was to move and nothing was owed",
          at: place(first, nil))
      }
      return
    }
    var command = TransferResponsibility()
    command.charge = charge
    command.from = from
    command.to = to
    command.amount = Amount(minorUnits: entry.amount, .usd)
    command.reason = .imported
    _ = try await recorder.submit(
      command,
      Recorder.Source(reference: export.ledger.id(out), place: place(first, nil), rows: 2),
      clinic: clinic, effective: Instant(milliseconds: entry.from))
  }

  private func adjust(
    _ entry: LedgerIndex.Entry, _ index: Int, _ charge: ChargeID, _ clinic: ClinicID,
    _ story: inout ClaimStory
  ) async throws {
    guard let current = story.current else { return }
    let lowered = story.lower(entry.amount, current)
    if lowered < entry.amount {
      tally.found(
        .overAllocated, "amount",
        "\(Amount(minorUnits: entry.amount, .usd)) was to be taken off and only "
          + "\(Amount(minorUnits: lowered, .usd)) was owed", at: place(entry, nil))
    }
    // Zero or below is the Desk's to refuse.
    if entry.amount > 0, lowered == 0 { return }
    var command = PostAdjustment()
    command.charge = charge
    command.debtor = current
    command.type = .contractual
    command.amount = Amount(minorUnits: entry.amount, .usd)
    command.upToOwed = true
    _ = try await recorder.submit(
      command, Recorder.Source(reference: export.ledger.id(index), place: place(entry, nil)),
      clinic: clinic, effective: Instant(milliseconds: entry.from))
  }

  // MARK: - Refusals

  private func refuseWithoutCharge(
    _ entry: LedgerIndex.Entry, _ out: Int?, _ story: ClaimStory
  ) throws {
    let file = SyntheaFile.transactions.fileName
    let reason =
      story.charge.map {
        "its charge, \(file) row \(export.ledger.entries[$0].row), is not recorded"
      } ?? "no CHARGE row of its claim stands before it; add it"
    if let out { try tally.refuse(place(export.ledger.entries[out], nil), unknown: reason) }
    try tally.refuse(place(entry, nil), unknown: reason)
  }

  private func place(_ entry: LedgerIndex.Entry, _ column: String?) -> RowPlace {
    RowPlace(SyntheaFile.transactions.fileName, row: Int(entry.row), column: column)
  }
}
