import DaybookClinicEvents
import DaybookValues
import DaybookWorld

extension SyntheaExport {
  /// Finds out whether every file that is needed is there with its columns.
  ///
  /// - Returns: The bytes of all files that will be read.
  /// - Throws: `CSVError` with the file, and with the columns found where one is missing.
  static func checkFiles(
    of folder: String, in files: any FileSystem
  ) throws(CSVError) -> UInt64 {
    var bytes: UInt64 = 0
    for file in SyntheaFile.allCases {
      let path = FilePath.join(folder, file.fileName)
      if !file.isRequired, !files.exists(path) { continue }
      let reader = try CSVReader(path: path, in: files, name: file.fileName)
      bytes += reader.size
      switch file {
      case .organizations: _ = try OrganizationRow.columns(of: reader)
      case .providers: _ = try ProviderRow.columns(of: reader)
      case .payers: _ = try PayerRow.columns(of: reader)
      case .patients: _ = try PatientRow.columns(of: reader)
      case .coverage: _ = try CoverageRow.columns(of: reader)
      case .encounters: _ = try EncounterRow.columns(of: reader)
      case .claims: _ = try ClaimRow.columns(of: reader)
      case .transactions: _ = try TransactionRow.columns(of: reader)
      case .procedures, .immunizations, .medications: _ = try CodeNameRow.columns(of: reader)
      case .supplies: _ = try SupplyRow.columns(of: reader)
      case .devices: _ = try DeviceRow.columns(of: reader)
      }
    }
    return bytes
  }

  /// Reads every file; coverage is only looked through, since its rows stand for themselves.
  func read() throws {
    try read(.organizations) { organizations.append($0, $0.id) }
    try read(.payers) { payers.append($0, $0.id) }
    try read(.providers) { providers.append($0, $0.id) }
    try read(.patients) { patients.append($0, $0.id) }
    try read(.coverage) { (_: CoverageRow) in }
    try read(.procedures) { take($0, .treatment) }
    try read(.encounters) { (row: EncounterRow) in try take(row) }
    try read(.medications) { take($0, .product) }
    try read(.immunizations) { take($0, .treatment) }
    try read(.claims) { (row: ClaimRow) in try take(row) }
    try read(.transactions, broken: block) { (row: TransactionRow) in try take(row) }
    ledger.sort()
    try read(.supplies, broken: blockAny) { (row: SupplyRow) in try take(row) }
    try read(.devices, broken: blockAny) { (row: DeviceRow) in try take(row) }
    uses.sort { ($0.encounter, $0.item, $0.row) < ($1.encounter, $1.item, $1.row) }
  }

  // MARK: - Rows

  private func take(_ row: CodeNameRow, _ type: ServiceType) {
    name(row.code, row.description, type)
  }

  /// The first name of a code is its name.
  private func name(_ code: String, _ name: String, _ type: ServiceType) {
    if !code.isEmpty, !name.isEmpty, names[code] == nil { names[code] = (name, type) }
  }

  private func take(_ row: EncounterRow) throws {
    name(row.code, row.description, .consult)
    let file = SyntheaFile.encounters
    guard
      let patient = try find(
        row.patient, patients[row.patient], .patients, file, row.row, "PATIENT"),
      let clinic = try find(
        row.organization, organizations[row.organization], .organizations, file, row.row,
        "ORGANIZATION"),
      let provider = try find(
        row.provider, providers[row.provider], .providers, file, row.row, "PROVIDER")
    else { return }
    happened(row.start)
    encounters.append(
      Encounter(
        id: row.id, row: row.row, start: row.start, stop: row.stop, patient: patient,
        clinic: clinic, provider: provider), row.id)
  }

  private func take(_ row: ClaimRow) throws {
    let file = SyntheaFile.claims
    guard
      try find(row.patient, patients[row.patient], .patients, file, row.row, "PATIENTID") != nil,
      let encounter = try find(
        row.encounter, encounters[row.encounter], .encounters, file, row.row, "APPOINTMENTID")
    else { return }
    var claim = Claim(
      id: row.id, row: row.row, encounter: encounter, isClosed: row.status == .closed)
    if let primary = row.primary {
      guard
        let payer = try find(
          primary, payers[primary], .payers, file, row.row, "PRIMARYPATIENTINSURANCEID")
      else { return }
      claim.primary = paying(payer)
    }
    if let secondary = row.secondary {
      guard
        let payer = try find(
          secondary, payers[secondary], .payers, file, row.row, "SECONDARYPATIENTINSURANCEID")
      else { return }
      claim.secondary = paying(payer)
    }
    claims.append(claim, row.id)
  }

  /// The payer, unless it is the one that stands for none.
  func paying(_ payer: Int32) -> Int32? {
    payers.rows[Int(payer)].standsForNone ? nil : payer
  }

  private func take(_ row: TransactionRow) throws {
    if try append(row) { return }
    guard row.kind == .charge, let encounter = encounters[row.encounter] else { return }
    block(encounter, RowPlace(SyntheaFile.transactions.fileName, row: row.row))
  }

  /// Keeps a row of the ledger.
  ///
  /// - Returns: Whether it can be used; it is refused otherwise.
  private func append(_ row: TransactionRow) throws -> Bool {
    let file = SyntheaFile.transactions
    guard
      let encounter = try find(
        row.encounter, encounters[row.encounter], .encounters, file, row.row, "APPOINTMENTID"),
      let claim = try find(row.claim, claims[row.claim], .claims, file, row.row, "CLAIMID"),
      let patient = try find(
        row.patient, patients[row.patient], .patients, file, row.row, "PATIENTID")
    else { return false }
    var entry = LedgerIndex.Entry(
      number: row.number, amount: row.amount.minorUnits, from: row.from.milliseconds,
      transferOut: row.transferOut ?? -1, idEnd: 0, row: Int32(clamping: row.row), claim: claim,
      encounter: encounter, patient: patient, place: -1, provider: -1, service: -1, units: 1,
      kind: row.kind, method: row.method, party: row.party)
    if row.kind == .charge || row.kind == .payment {
      guard
        let place = try find(
          row.place, organizations[row.place], .organizations, file, row.row, "PLACEOFSERVICE")
      else { return false }
      entry.place = place
    }
    if row.kind == .charge {
      guard try fill(&entry, ofCharge: row) else { return false }
    }
    happened(row.from)
    ledger.append(entry, id: row.id)
    return true
  }

  private func fill(_ entry: inout LedgerIndex.Entry, ofCharge row: TransactionRow) throws -> Bool {
    let file = SyntheaFile.transactions
    // Where the row names nobody, or the place, the encounter says who treated.
    let isUnsaid = row.provider.isEmpty || organizations[row.provider] != nil
    let own = isUnsaid ? encounters.rows[Int(entry.encounter)].provider : providers[row.provider]
    guard let provider = try find(row.provider, own, .providers, file, row.row, "PROVIDERID")
    else { return false }
    entry.provider = provider
    let owner = encounters.rows[Int(entry.encounter)].patient
    if entry.patient != owner {
      try tally.refuse(
        RowPlace(file.fileName, row: row.row, column: "PATIENTID"), "invalidState",
        "the encounter is of patient \(patients.rows[Int(owner)].id); correct either")
      return false
    }
    if row.amount.isNegative {
      try tally.refuse(
        RowPlace(file.fileName, row: row.row, column: "AMOUNT"), "amountNegative",
        "\(row.amount) is below zero; a charge is lowered by an adjustment")
      return false
    }
    let (units, part) = row.units.thousandths.quotientAndRemainder(dividingBy: 1_000)
    guard part == 0, units > 0, let whole = UInt32(exactly: units) else {
      try tally.refuse(
        RowPlace(file.fileName, row: row.row, column: "UNITS"), "badValue",
        "\(row.units) is not a whole number from 1")
      return false
    }
    entry.units = whole
    entry.service = service(row)
    return true
  }

  private func service(_ row: TransactionRow) -> Int32 {
    if let known = servicePlaces[row.code] { return known }
    let place = Int32(services.count)
    servicePlaces[row.code] = place
    let found = names[row.code]
    let code = row.code.isEmpty ? "(no code)" : row.code
    services.append(
      Service(
        code: row.code, name: found?.name ?? code, type: found?.type ?? .treatment, row: row.row))
    return place
  }

  private func take(_ row: SupplyRow) throws {
    try use(
      .supplies, row.row, row.patient, row.encounter, row.code, row.description, row.at,
      row.quantity, nil)
  }

  private func take(_ row: DeviceRow) throws {
    guard let udi = row.udi, !udi.lot.isEmpty else {
      let place = RowPlace(SyntheaFile.devices.fileName, row: row.row)
      if let encounter = encounters[row.encounter] { block(encounter, place) }
      try tally.refuse(
        RowPlace(place.file, row: place.row, column: "UDI"), "lotRequired",
        "no lot, element (10), is named; fill it in, so that the device can be traced")
      return
    }
    try use(
      .devices, row.row, row.patient, row.encounter, row.code, row.description, row.start, .one,
      udi)
  }

  private func use(
    _ file: SyntheaFile, _ row: Int, _ patient: String, _ encounter: String, _ code: String,
    _ name: String, _ at: Instant, _ quantity: Quantity, _ udi: UDI?
  ) throws {
    guard
      let encounter = try find(
        encounter, encounters[encounter], .encounters, file, row, "ENCOUNTER")
    else { return }
    guard try find(patient, patients[patient], .patients, file, row, "PATIENT") != nil else {
      block(encounter, RowPlace(file.fileName, row: row))
      return
    }
    happened(at)
    uses.append(
      Use(
        encounter: encounter, item: item(file, code, name, row), row: row, file: file, at: at,
        quantity: quantity, udi: udi))
  }

  private func item(_ file: SyntheaFile, _ code: String, _ name: String, _ row: Int) -> Int32 {
    let key = "\(file.rawValue)/\(code)"
    if let known = itemPlaces[key] { return known }
    let place = Int32(items.count)
    itemPlaces[key] = place
    items.append(Item(file: file, code: code, name: name.isEmpty ? code : name, row: row))
    return place
  }

  // MARK: - What is missing

  /// The place of what a row names; nil, and the row refused, where that is not there.
  private func find(
    _ id: String, _ place: Int32?, _ wanted: SyntheaFile, _ file: SyntheaFile, _ row: Int,
    _ column: String
  ) throws -> Int32? {
    if let place { return place }
    let shown = CSVError.shortened(id)
    try tally.refuse(
      RowPlace(file.fileName, row: row, column: column),
      unknown:
        "\(shown) is not in \(wanted.fileName), or its row there is refused; add or correct it")
    return nil
  }

  private func happened(_ time: Instant) {
    earliest = earliest.map { min($0, time) } ?? time
  }

  /// Keeps an encounter from being recorded without the row at `place`.
  private func block(_ encounter: Int32, _ place: RowPlace) {
    if blockers[encounter] == nil { blockers[encounter] = place }
  }

  /// A row of the ledger that cannot be read may be a charge, unless one of its fields says no.
  private func block(_ place: RowPlace, _ texts: [String]) {
    let others = TransactionRow.Kind.allCases.filter { $0 != .charge }.map(\.rawValue)
    if !texts.contains(where: { others.contains($0) }) { blockAny(place, texts) }
  }

  /// Blocks whichever encounter the fields of an unreadable row name.
  private func blockAny(_ place: RowPlace, _ texts: [String]) {
    for text in texts {
      if let encounter = encounters[trimmed(text)] { block(encounter, place) }
    }
  }
}
