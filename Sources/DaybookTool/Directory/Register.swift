#if Tool
  import Daybook

  /// Who and what is registered, with names: what lists show and what people type is found in.
  ///
  /// It is the one read model that knows names of patients; no report of a department does. The tool
  /// adds it to every catalogue, so that it has checkpoints like the others.
  struct Register: ReadModel {
    static var name: String { "register" }
    static var version: UInt32 { 3 }

    /// Every version of every entry, in position order.
    private(set) var names = History<RegisteredName>(chunkRows: 4096)
    private var details = History<RegisteredDetails>(chunkRows: 1024)
    /// The latest row of a stream, by the number of its kind.
    private var places: [StreamKind: DenseIndex] = [:]
    /// Every version of every clinic: few, and asked for by every command.
    private var clinics: [RegisteredClinic] = []
    private(set) var facts = LatestDays()

    mutating func apply(_ event: borrowing Event) throws {
      if ClinicEvents.isFact(event.header) { facts.note(event.header) }
      let header = event.header
      switch header.family {
      case .administration: try applyAdministration(event)
      case .frontOffice: try applyFrontOffice(event)
      case .humanResources: try applyHumanResources(event)
      case .logistics:
        guard header.tag == LogisticsTag.itemDefined.rawValue else { return }
        add(try RegisterEntry(event.payload(ItemDefined.self)), event)
      default: break
      }
    }

    private mutating func applyAdministration(_ event: borrowing Event) throws {
      switch AdministrationTag(rawValue: event.header.tag) {
      case .clinicDefined:
        let defined = try event.payload(ClinicDefined.self)
        add(RegisterEntry(defined), event)
        clinics.append(RegisteredClinic(defined, at: event.header.position))
      case .partyRegistered:
        add(RegisterEntry(try event.payload(PartyRegistered.self)), event)
      case .serviceDefined:
        add(RegisterEntry(try event.payload(ServiceDefined.self)), event)
      case .resourceDefined:
        add(RegisterEntry(try event.payload(ResourceDefined.self)), event)
      case .taxCodeSet:
        add(RegisterEntry(try event.payload(TaxCodeSet.self)), event)
      case .rolesSet, .accountDefined, .postingRuleSet, .priceSet, nil: break
      }
    }

    private mutating func applyFrontOffice(_ event: borrowing Event) throws {
      switch FrontOfficeTag(rawValue: event.header.tag) {
      case .patientRegistered:
        add(RegisterEntry(try event.payload(PatientRegistered.self)), event)
      case .patientAmended:
        add(RegisterEntry(try event.payload(PatientAmended.self)), event)
      case .patientsMerged:
        let merged = try event.payload(PatientsMerged.self)
        guard let place = place(of: merged.from.stream) else { return }
        var entry = entry(at: place)
        entry.row.isLive = false
        add(entry, event, to: merged.from.stream)
      default: break
      }
    }

    private mutating func applyHumanResources(_ event: borrowing Event) throws {
      switch HumanResourcesTag(rawValue: event.header.tag) {
      case .staffHired: add(RegisterEntry(try event.payload(StaffHired.self)), event)
      case .contractAmended:
        let amended = try event.payload(ContractAmended.self)
        guard let place = place(of: amended.staff.stream) else { return }
        add(entry(at: place).amended(by: amended), event)
      default: break
      }
    }

    /// Adds a version of what `stream` is about; of the event's own stream if nil.
    private mutating func add(
      _ entry: RegisterEntry, _ event: borrowing Event, to stream: StreamID? = nil
    ) {
      let header = event.header
      let stream = stream ?? header.stream
      let before = places[stream.kind]?[stream.number]
      var row = entry.row
      row.stream = stream
      row.position = header.position
      row.day = header.effective.day
      row.since = row.day
      row.reference = header.version == 1 ? event.sourceReference ?? "" : ""
      if let before {
        row.previous = Int32(truncatingIfNeeded: before)
        row.since = names[before].since
        row.reference = names[before].reference
      }
      places[stream.kind, default: DenseIndex()][stream.number] = names.count
      names.append(row)
      var more = entry.more
      more.position = header.position
      details.append(more)
    }

    var digest: String {
      var writer = ByteWriter(capacity: 64)
      names.digest(through: Position(.max)).append(to: &writer)
      details.digest(through: Position(.max)).append(to: &writer)
      return writer.withSpan { SHA256.hash($0) }.description
    }

    // MARK: - What is registered

    /// The source reference of the thing whose stream this is.
    func reference(_ stream: StreamID, knownAt position: Position) -> String {
      guard let place = place(of: stream), names[place].position <= position else { return "" }
      return names[place].reference
    }

    /// The row of the latest version; nil where nothing is registered.
    func place(of stream: StreamID) -> Int? { places[stream.kind]?[stream.number] }

    /// Whether a row is the latest version of what it is of.
    func isLatest(_ place: Int, _ row: RegisteredName) -> Bool {
      self.place(of: row.stream) == place
    }

    /// The entry of a row.
    func entry(at place: Int) -> RegisterEntry { RegisterEntry(names[place], details[place]) }

    /// The entries of one kind as known at `position`, each in its latest version, by number.
    ///
    /// - Parameter day: The last effective day of a version, inclusive; nil for any.
    func entries(
      _ kind: RegisterKind, knownAt position: Position, through day: Day? = nil
    ) -> [RegisterEntry] {
      var latest: [UInt64: Int] = [:]
      var place = 0
      names.forEachSlice(names.count(through: position)) { rows in
        for row in rows {
          defer { place += 1 }
          guard row.kind == kind else { continue }
          if let day, row.day > day { continue }
          latest[row.stream.number] = place
        }
      }
      return latest.sorted { $0.key < $1.key }.map { entry(at: $0.value) }.filter(\.row.isLive)
    }

    /// How many there are of a kind, as known at `position`.
    func count(_ kind: RegisterKind, knownAt position: Position) -> Int {
      var count = 0
      names.forEachSlice(names.count(through: position)) { rows in
        for row in rows where row.kind == kind && row.previous < 0 { count += 1 }
      }
      return count
    }

    /// The latest version of the thing whose stream this is; nil where nothing is registered.
    func entry(_ stream: StreamID, knownAt position: Position) -> RegisterEntry? {
      var place = place(of: stream)
      while let known = place {
        if names[known].position <= position { return entry(at: known) }
        place = names[known].previous < 0 ? nil : Int(names[known].previous)
      }
      return nil
    }

    // MARK: - Clinics

    /// What is known of a clinic; of the first for a number that names none.
    func clinic(_ number: UInt64?) -> RegisteredClinic? {
      clinics.last { $0.clinic.number == number }
        ?? clinics.first.flatMap { first in clinics.last { $0.clinic == first.clinic } }
    }

    /// The clinics defined at `position` and what they were called then, in the order in which they were
    /// defined.
    func clinicNames(knownAt position: Position) -> [(clinic: UInt64, name: String)] {
      clinicNumbers.compactMap { number in
        entry(ClinicID(number).stream, knownAt: position).map { (number, $0.name) }
      }
    }

    /// The clinics, in the order in which they were defined.
    var clinicNumbers: [UInt64] {
      var numbers: [UInt64] = []
      for clinic in clinics where !numbers.contains(clinic.clinic.number) {
        numbers.append(clinic.clinic.number)
      }
      return numbers
    }

    /// The currency of a clinic; that of the first for a number that names none.
    func currency(ofClinic number: UInt64) -> Currency {
      clinic(number)?.currency ?? .unspecified
    }

    /// Civil time at `instant`, at a clinic or else at the first one; UTC where there is none.
    func moment(_ instant: Instant, clinic number: UInt64?) -> Moment {
      clinic(number)?.moment(instant) ?? Moment(instant, .utc)
    }
  }

  // What a checkpoint keeps. Raise `version` with every change of a part.
  extension Register: Checkpointed {
    mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
      try parts.visit("names", &names)
      try parts.visit("details", &details)
      try parts.visit("clinics", &clinics)
      try parts.visit("facts", &facts)
      var kinds = places.keys.sorted()
      try parts.visit("kinds", &kinds)
      for kind in kinds {
        var index = places[kind] ?? DenseIndex()
        try parts.visit("kind-\(kind.number)", &index)
        places[kind] = index
      }
    }
  }
#endif
