#if Tool
  import Daybook
  import DaybookBytes

  /// Who and what is registered, with names: what lists show and what people type is found in.
  ///
  /// It is the one read model that knows names of patients; no report of a department does.
  struct Register: ReadModel {
    static var name: String { "register" }
    static var version: UInt32 { 1 }

    /// Every version of every entry, in position order.
    private(set) var rows: [RegisterEntry] = []
    private var references = References()
    private(set) var facts = LatestDays()

    mutating func apply(_ event: borrowing Event) throws {
      references.note(event)
      if ClinicEvents.isFact(event.header) { facts.note(event.header) }
      let header = event.header
      switch header.family {
      case .administration: try applyAdministration(event)
      case .frontOffice:
        guard header.tag == FrontOfficeTag.patientRegistered.rawValue else { return }
        add(try RegisterEntry(event.payload(PatientRegistered.self)), header)
      case .humanResources:
        guard header.tag == HumanResourcesTag.staffHired.rawValue else { return }
        add(try RegisterEntry(event.payload(StaffHired.self)), header)
      case .logistics:
        guard header.tag == LogisticsTag.itemDefined.rawValue else { return }
        add(try RegisterEntry(event.payload(ItemDefined.self)), header)
      default: break
      }
    }

    private mutating func applyAdministration(_ event: borrowing Event) throws {
      switch AdministrationTag(rawValue: event.header.tag) {
      case .clinicDefined:
        add(RegisterEntry(try event.payload(ClinicDefined.self)), event.header)
      case .partyRegistered:
        add(RegisterEntry(try event.payload(PartyRegistered.self)), event.header)
      case .serviceDefined:
        add(RegisterEntry(try event.payload(ServiceDefined.self)), event.header)
      case .rolesSet, .accountDefined, .postingRuleSet, .priceSet, .taxCodeSet, .resourceDefined,
        nil:
        break
      }
    }

    private mutating func add(_ entry: RegisterEntry, _ header: RecordHeader) {
      var entry = entry
      entry.stream = header.stream
      entry.position = header.position
      entry.day = header.effective.day
      entry.since = rows.last { $0.stream == header.stream }?.since ?? entry.day
      rows.append(entry)
    }

    var digest: String {
      var writer = ByteWriter(capacity: 4096)
      for row in rows {
        writer.appendLittleEndian(row.position.number)
        writer.append(utf8: "\(row.id) \(row.name)\n")
      }
      return writer.withSpan { SHA256.hash($0) }.description
    }

    /// The source reference of the thing whose stream this is.
    func reference(_ stream: StreamID, knownAt position: Position) -> String {
      references.text(of: stream, knownAt: position) ?? ""
    }

    /// The entries of one kind as known at `position`, each in its latest version, by number.
    ///
    /// - Parameter day: The last effective day of a version, inclusive; nil for any.
    func entries(
      _ kind: RegisterKind, knownAt position: Position, through day: Day? = nil
    ) -> [RegisterEntry] {
      var latest: [UInt64: RegisterEntry] = [:]
      for row in rows where row.position <= position && row.kind == kind {
        if let day, row.day > day { continue }
        latest[row.stream.number] = row
      }
      return latest.values.sorted { $0.stream.number < $1.stream.number }
    }

    /// The latest version of the thing whose stream this is; nil where nothing is registered.
    func entry(_ stream: StreamID, knownAt position: Position) -> RegisterEntry? {
      rows.last { $0.stream == stream && $0.position <= position }
    }

    /// The currency of a clinic; that of the first for a number that names none.
    func currency(ofClinic number: UInt64) -> Currency {
      let clinics = rows.filter { $0.kind == .clinic }
      let found = clinics.last { $0.stream.number == number } ?? clinics.first
      return found?.currency ?? .unspecified
    }

    /// Civil time at `instant`, at a clinic or else at the first one; UTC where there is none.
    func moment(_ instant: Instant, clinic: UInt64?) -> Moment {
      let clinics = rows.filter { $0.kind == .clinic }
      let found = clinics.last { $0.stream.number == clinic } ?? clinics.first
      let offset = found?.transitions.last { $0.at.map { $0 <= instant } ?? true }?.offset
      return Moment(instant, offset ?? .utc)
    }
  }
#endif
