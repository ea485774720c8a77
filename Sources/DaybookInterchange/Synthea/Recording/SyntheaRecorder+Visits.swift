import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

extension SyntheaRecorder {
  /// Each encounter with all its charges, and after it the claims whose charges are then all there.
  func recordVisits(bytes: UInt64) async throws {
    let due = claimsByEncounter()
    var next = 0
    var rowsDone: UInt64 = 0
    let rowsTotal = UInt64(max(1, export.ledger.entries.count + export.encounters.rows.count))
    for encounter in export.encounters.rows.indices {
      try await recordVisit(encounter)
      rowsDone += 1
      while next < due.count, due[next].encounter <= encounter {
        let claim = due[next].claim
        let rows = export.ledger.rows(ofClaim: claim)
        try await recordClaim(claim, rows)
        rowsDone += UInt64(rows.count)
        next += 1
      }
      if encounter % 64 == 63 {
        tally.advance(
          "recording visits", to: bytes + bytes / rowsTotal * rowsDone)
      }
    }
    tally.advance("recording visits", to: bytes * 2)
  }

  /// Every claim with the last encounter that one of its charges belongs to, in that order.
  private func claimsByEncounter() -> [(encounter: Int, claim: Int)] {
    var last = export.claims.rows.map { Int($0.encounter) }
    for index in export.ledger.charges {
      let entry = export.ledger.entries[Int(index)]
      last[Int(entry.claim)] = max(last[Int(entry.claim)], Int(entry.encounter))
    }
    return last.enumerated().map { (encounter: $0.element, claim: $0.offset) }
      .sorted { ($0.encounter, $0.claim) < ($1.encounter, $1.claim) }
  }

  // MARK: - One visit

  /// A visit that can be recorded: its command, and where the parts of it came from.
  private struct Draft {
    var command = RecordVisit()
    var clinic = ClinicID()
    /// What has to be on hand, by clinic.
    var opening: [(clinic: ClinicID, line: GoodsLine)] = []
    var earliest = Instant()
  }

  private func recordVisit(_ index: Int) async throws {
    let encounter = export.encounters.rows[index]
    let rows = export.ledger.charges(ofEncounter: index)
    let uses = LedgerIndex.range(of: Int32(index), in: export.uses, \.encounter)
    let place = RowPlace(SyntheaFile.encounters.fileName, row: encounter.row)
    let draft: Draft
    switch makeDraft(encounter, index, rows, export.uses[uses]) {
    case .success(let made): draft = made
    case .failure(let missing):
      try tally.refuse(
        RowPlace(place.file, row: place.row, column: missing.column), unknown: missing.reason)
      return try refuseParts(of: encounter, rows, export.uses[uses])
    }
    try await recordOpening(draft, encounter)
    let receipt = try await recorder.submit(
      draft.command,
      Recorder.Source(reference: encounter.id, place: place, rows: 1 + rows.count + uses.count),
      clinic: draft.clinic, effective: encounter.start,
      place: { self.place(ofField: $0, rows) })
    guard let receipt else {
      return try refuseParts(of: encounter, rows, export.uses[uses])
    }
    for (row, charge) in zip(rows, receipt.begun(.charge)) {
      charges[Int(row)] = ChargeID(charge)
    }
  }

  /// What an encounter cannot be recorded without.
  private struct Missing: Error {
    var column: String?
    var reason: String
  }

  private func makeDraft(
    _ encounter: SyntheaExport.Encounter, _ index: Int, _ rows: ArraySlice<Int32>,
    _ uses: ArraySlice<SyntheaExport.Use>
  ) -> Result<Draft, Missing> {
    if let blocker = export.blockers[Int32(index)] {
      return .failure(
        Missing(
          reason: "its \(blocker) is refused, and a visit is recorded whole; correct that row"))
    }
    guard let patient = patients[Int(encounter.patient)] else {
      return .failure(
        Missing(
          column: "PATIENT",
          reason: missing(export.patients.rows[Int(encounter.patient)].id, .patients)))
    }
    guard let practitioner = providers[Int(encounter.provider)] else {
      return .failure(
        Missing(
          column: "PROVIDER",
          reason: missing(export.providers.rows[Int(encounter.provider)].id, .providers)))
    }
    guard let clinic = clinics[Int(encounter.clinic)] else {
      return .failure(
        Missing(
          column: "ORGANIZATION",
          reason: missing(export.organizations.rows[Int(encounter.clinic)].id, .organizations)))
    }
    var draft = Draft()
    draft.clinic = clinic
    draft.earliest = encounter.start
    draft.command.patient = patient
    draft.command.practitioner = practitioner
    draft.command.start = encounter.start
    draft.command.end = encounter.stop
    draft.command.outcome = .completed
    for row in rows {
      let entry = export.ledger.entries[Int(row)]
      guard let line = line(entry, encounter, patient) else {
        return .failure(
          Missing(
            reason: "\(SyntheaFile.transactions.fileName) row \(entry.row) names a clinic, a "
              + "provider, a payer or a code that is refused; correct that one"))
      }
      draft.command.lines.append(line)
      draft.earliest = min(draft.earliest, Instant(milliseconds: entry.from))
    }
    for use in uses {
      guard let item = items[Int(use.item)] else {
        return .failure(
          Missing(
            reason: "\(use.file.fileName) row \(use.row) names a code that is refused; "
              + "correct that one"))
      }
      add(use, item, to: &draft)
    }
    return .success(draft)
  }

  /// What a charge of the ledger says was done; nil where something that it names is refused.
  private func line(
    _ entry: LedgerIndex.Entry, _ encounter: SyntheaExport.Encounter, _ patient: PatientID
  ) -> RecordedTreatment? {
    guard let clinic = clinics[Int(entry.place)], let practitioner = providers[Int(entry.provider)],
      let service = services[Int(entry.service)],
      let debtor = debtor(entry.party, of: export.claims.rows[Int(entry.claim)], patient)
    else { return nil }
    return RecordedTreatment.with {
      $0.at = Instant(milliseconds: entry.from)
      $0.clinic = entry.place == encounter.clinic ? nil : clinic
      $0.service = service
      $0.units = entry.units
      $0.practitioner = entry.provider == encounter.provider ? nil : practitioner
      $0.listPrice = Amount(minorUnits: entry.amount, .usd)
      $0.responsible = debtor
    }
  }

  /// A device goes with the last treatment that is not after it; a supply with the whole visit.
  private func add(_ use: SyntheaExport.Use, _ item: ItemID, to draft: inout Draft) {
    var goods = GoodsLine()
    goods.item = item
    goods.lot = use.udi?.lot ?? ""
    goods.expiry = use.udi?.expiry
    goods.quantity = use.quantity
    var clinic = draft.clinic
    if let label = use.udi, !draft.command.lines.isEmpty {
      let index = line(of: use, in: draft.command.lines)
      let device = Device.with {
        $0.item = item
        $0.lot = label.lot
        $0.serial = label.serial
        $0.expiry = label.expiry
      }
      draft.command.lines[index].devices.append(device)
      clinic = draft.command.lines[index].clinic ?? draft.clinic
    } else {
      let used = RecordedUse.with {
        $0.at = use.at
        $0.item = item
        $0.quantity = use.quantity
        $0.lot = use.udi?.lot ?? ""
      }
      draft.command.uses.append(used)
      draft.earliest = min(draft.earliest, use.at)
    }
    // The same lot again: more of it.
    for index in draft.opening.indices
    where draft.opening[index].clinic == clinic && draft.opening[index].line.item == goods.item
      && draft.opening[index].line.lot == goods.lot
    {
      if let sum = try? draft.opening[index].line.quantity.adding(goods.quantity) {
        draft.opening[index].line.quantity = sum
        return
      }
    }
    draft.opening.append((clinic, goods))
  }

  private func line(
    of use: SyntheaExport.Use, in lines: Few<RecordedTreatment>
  ) -> Int {
    var found: Int?
    for index in lines.indices {
      guard let at = lines[index].at, at <= use.at else { continue }
      if let before = found, let other = lines[before].at, other > at { continue }
      found = index
    }
    return found ?? 0
  }

  /// What the visit uses was there: an opening receipt, without cost, at each clinic.
  private func recordOpening(
    _ draft: Draft, _ encounter: SyntheaExport.Encounter
  ) async throws {
    var clinics: [ClinicID] = []
    for part in draft.opening where !clinics.contains(part.clinic) { clinics.append(part.clinic) }
    for clinic in clinics {
      var command = ReceiveGoods()
      command.opening = true
      command.lines = Few(draft.opening.filter { $0.clinic == clinic }.map(\.line))
      _ = try await recorder.submit(
        command,
        Recorder.Source(
          reference: "\(encounter.id)/opening",
          place: RowPlace(SyntheaFile.encounters.fileName, row: encounter.row), rows: 0),
        clinic: clinic, effective: draft.earliest, other: .toldElsewhere)
    }
  }

  /// The row of the ledger that a field such as `lines[3].at` of the visit came from.
  private func place(ofField field: String, _ rows: ArraySlice<Int32>) -> RowPlace? {
    guard let open = field.firstIndex(of: "["), let close = field.firstIndex(of: "]"),
      let number = Int(field[field.index(after: open)..<close]), number >= 1, number <= rows.count
    else { return nil }
    let entry = export.ledger.entries[Int(rows[rows.startIndex + number - 1])]
    return RowPlace(SyntheaFile.transactions.fileName, row: Int(entry.row))
  }

  /// The rows that stand and fall with an encounter that is not in the book.
  private func refuseParts(
    of encounter: SyntheaExport.Encounter, _ rows: ArraySlice<Int32>,
    _ uses: ArraySlice<SyntheaExport.Use>
  ) throws {
    let reason =
      "its visit, \(SyntheaFile.encounters.fileName) row \(encounter.row), is not recorded"
    for row in rows {
      let entry = export.ledger.entries[Int(row)]
      try tally.refuse(
        RowPlace(SyntheaFile.transactions.fileName, row: Int(entry.row), column: "APPOINTMENTID"),
        unknown: reason)
    }
    for use in uses {
      try tally.refuse(
        RowPlace(use.file.fileName, row: use.row, column: "ENCOUNTER"), unknown: reason)
    }
  }
}
