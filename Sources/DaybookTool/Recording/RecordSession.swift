#if Tool
  import Daybook

  /// One book opened to record in: the office that decides, and the names that people type.
  final class RecordSession {
    let office: BackOffice
    let finder: NameFinder
    private var archive: Archive
    private let host: ProjectionHost
    private let printer: PayloadPrinter
    /// The kinds of streams of what has names.
    private static let registered = Set(
      RegisterKind.allCases.map { StreamKind($0.identifier.number) })

    /// What the actions of this session made under their references.
    private var made: [String: ActionReceipt] = [:]
    /// Whether something was registered that the names do not have yet.
    private var isBehind = false
    /// The only member of staff, as long as no more names are known.
    private var member: (known: Int, entry: RegisterEntry)?
    private var fields: [String: [PayloadField]] = [:]
    /// The roles of the last actions that were accepted, by word.
    private var roles: [String: Role] = [:]

    /// Goes with an office that is open.
    init(_ office: BackOffice) throws {
      let context = ToolContext.current
      self.office = office
      archive = Archive(office.outline, catalogue: context.catalogue)
      host = ProjectionHost(context.catalogue, only: Register.self)
      printer = PayloadPrinter()
      try host.load(archive.checkpoints, from: &archive.log)
      try host.catchUp(&archive.log)
      let known: Snapshot<Register> = host.snapshot()
      try known.check()
      finder = NameFinder(known.model)
    }

    var register: Register { finder.register }

    /// Has the names of all that was registered so far, once it is synced.
    private func catchUp() async throws {
      guard isBehind else { return }
      try await office.sync()
      try archive.log.refresh()
      try host.catchUp(&archive.log)
      let known: Snapshot<Register> = host.snapshot()
      try known.check()
      finder.take(known.model)
      isBehind = false
    }

    // MARK: - What is meant

    /// The clinic that an action is for: as said, else the home of who acts, else the only one.
    private func clinic(_ by: RecordedBy, _ staff: RegisterEntry?) throws -> UInt64 {
      if let text = by.clinic {
        guard let entry = try finder.find(text, among: [.clinics]).only(text) else {
          throw ToolFailure.usage("no clinic is called \(text.quoted); see `daybook list clinics`")
        }
        return entry.stream.number
      }
      if let home = staff?.more.clinics.first { return home.number }
      let numbers = register.clinicNumbers
      if numbers.count > 1 { throw ToolFailure.usage("there are several clinics; give --clinic") }
      return numbers.first ?? 0
    }

    /// Who acts: `D3`, `ana`, `ana:cashier`, `system`; nil for the system.
    private func actor(_ by: RecordedBy) throws -> (staff: RegisterEntry?, role: ClinicRole?) {
      let variable = ToolContext.current.variable("DAYBOOK_ACTOR").flatMap {
        $0.isEmpty ? nil : $0
      }
      guard let text = by.actor ?? variable else { return (try onlyMember(), nil) }
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      var role: ClinicRole?
      var name = text
      if parts.count == 2, parts[0] != "ref" {
        name = parts[0]
        role = ClinicRole.allCases.first {
          $0.rawValue > 0 && "\($0)" == parts[1].lowercased()
        }
        if role == nil {
          throw ToolFailure.usage(
            "\(parts[1].quoted) is no role; there are "
              + ClinicRole.entryForm.choices.joined(separator: ", "))
        }
      }
      if name == "system" { return (nil, .system) }
      guard let staff = try finder.find(name, among: [.staff]).only(name) else {
        throw ToolFailure.usage(
          "no member of staff is called \(name.quoted); see `daybook list staff`")
      }
      return (staff, role)
    }

    private func onlyMember() throws -> RegisterEntry {
      if let member, member.known == register.names.count { return member.entry }
      let staff = register.entries(.staff, knownAt: Position(.max))
      guard staff.count == 1 else {
        throw ToolFailure.usage(
          staff.isEmpty
            ? "nobody is hired yet; begin with `daybook init --name NAME --admin NAME`, or act --as "
              + "system"
            : "who acts? give --as STAFF, or set DAYBOOK_ACTOR (`daybook list staff`)")
      }
      member = (register.names.count, staff[0])
      return staff[0]
    }

    /// The fields of an action's command, listed once.
    func fields(of action: RecordAction) throws(WireError) -> [PayloadField] {
      if let known = fields[action.word] { return known }
      let listed = try action.fields()
      fields[action.word] = listed
      return listed
    }

    /// What stands under every reference that the entered words name.
    private func references(in value: EnteredValue, clinic: UInt64) async throws -> [String:
      ActionReceipt]
    {
      var found: [String: ActionReceipt] = [:]
      for reference in value.references where found[reference] == nil {
        if let receipt = made[reference] {
          found[reference] = receipt
        } else if let receipt = try await office.receipt(named: reference, clinic: clinic) {
          found[reference] = receipt
        }
      }
      return found
    }

    // MARK: - Deciding

    /// Reads what was typed and makes the command of it.
    func ready(_ draft: RecordDraft) async throws -> ReadyAction {
      var draft = draft
      try await catchUp()
      let who = try actor(draft.options)
      let clinicNumber = try clinic(draft.options, who.staff)
      var envelope = Envelope()
      envelope.clinic = clinicNumber
      envelope.actor = who.staff.map { .staff($0.stream.number) } ?? .system
      envelope.reference = draft.options.reference
      let named = try await references(in: draft.whole, clinic: clinicNumber)
      let terms = RecordTerms(
        finder, register.clinic(clinicNumber), now: ToolContext.current.world.clock.now(),
        references: named)
      if let at = draft.options.at {
        let instant = try Self.usage("at") { () throws(EntryError) in try terms.instant(at) }
        envelope.effective = register.moment(instant, clinic: clinicNumber)
      }
      let roles = try await roles(who, clinicNumber, draft.action.word)
      envelope.role = roles.first ?? .none
      draft.envelope = envelope
      draft.terms = terms
      try draft.readLines()
      try await draft.action.prepare?(&draft)
      var steps = draft.before
      for value in draft.each.isEmpty ? [draft.entered] : draft.each {
        let command = try Self.usage("") { () throws(EntryError) in
          try draft.action.enter(value, terms)
        }
        steps.append(ActionStep(draft.complete?(command) ?? command, envelope))
      }
      if let text = draft.options.expect {
        steps[0].envelope.expecting = try Self.expected(text, terms)
      }
      return ReadyAction(
        steps: steps, word: draft.action.word, roles: steps.map { _ in roles },
        reference: draft.options.reference)
    }

    private static func expected(_ text: String, _ terms: RecordTerms) throws -> StreamVersion {
      guard let version = UInt64(text) else {
        throw ToolFailure.usage("--expect \(text.quoted) is no version; give a whole number")
      }
      guard let subject = terms.named.first else {
        throw ToolFailure.usage("--expect goes with an action that names what it is about")
      }
      return StreamVersion(subject.stream, version: version)
    }

    /// The roles that who acts holds at the clinic, the one used last for such an action first.
    private func roles(
      _ who: (staff: RegisterEntry?, role: ClinicRole?), _ clinic: UInt64, _ word: String
    ) async throws -> [Role] {
      if let role = who.role { return [role.role] }
      guard let staff = who.staff else { return [ClinicRole.system.role] }
      let desk = await office.state(of: DeskState.self)
      let held = ClinicRole.allCases.filter {
        $0.rawValue > 0
          && desk.administration.holds(
            $0, StaffID(staff.stream.number), at: ClinicID(clinic))
      }
      var roles = held.map(\.role)
      if let last = roles.firstIndex(where: { $0 == self.roles[word] }), last > 0 {
        roles.swapAt(0, last)
      }
      return roles
    }

    /// Decides an action; where no role was said, in the first of those held that may do it.
    func submit(_ ready: ReadyAction) async throws -> Submission {
      var trial = RoleTrial(ready)
      while true {
        let steps = trial.steps
        let submission =
          steps.count == 1
          ? try await one(steps[0]) : try await office.submit(together: steps)
        switch submission.result {
        case .success(let receipt):
          if let step = steps.last { roles[ready.word] = step.envelope.role }
          note(receipt, ready.reference)
          return submission
        case .failure(let refusal):
          if !trial.goesOn(behind: refusal) { return submission }
        }
      }
    }

    private func one(_ step: ActionStep) async throws -> Submission {
      try await one(step.command, step.envelope)
    }

    private func one<C: Command>(_ command: C, _ envelope: Envelope) async throws -> Submission {
      try await office.submit(command, envelope)
    }

    /// What an action would come to.
    func rehearse(_ ready: ReadyAction) async throws -> Engine.Rehearsal {
      var trial = RoleTrial(ready)
      while true {
        let rehearsal = try await office.rehearse(trial.steps)
        guard case .refused(let refusal) = rehearsal, trial.goesOn(behind: refusal) else {
          return rehearsal
        }
      }
    }

    private func note(_ receipt: ActionReceipt, _ reference: String?) {
      if let reference { made[reference] = receipt }
      isBehind = isBehind || receipt.events.contains { Self.registered.contains($0.stream.kind) }
    }

    // MARK: - What was made

    /// Calls `body` with each event of an action, once it is synced.
    func read(_ receipt: ActionReceipt, _ body: (RecordView) throws -> Void) async throws {
      try await office.sync()
      try archive.log.refresh()
      for event in receipt.events {
        try archive.log.record(at: event.position) { try body($0) }
      }
    }

    /// Calls `body` with the event at a position that is synced.
    func event<Result>(
      at position: Position, _ body: (borrowing Event) throws -> Result
    ) throws -> Result {
      try archive.log.refresh()
      return try archive.log.record(at: position) { try body(Event($0, EventDecoder())) }
    }

    /// An error of an entry as one of usage.
    static func usage<Result>(
      _ field: String, _ body: () throws(EntryError) -> Result
    ) throws(ToolFailure) -> Result {
      do throws(EntryError) {
        return try body()
      } catch {
        let place = error.field.isEmpty && !field.isEmpty ? "\(field): " : ""
        throw ToolFailure.usage("\(place)\(error)")
      }
    }
  }

  extension EnteredValue {
    /// The references that its texts name, in order.
    var references: [String] {
      switch self {
      case .nothing, .boolean: []
      case .text(let text):
        text.split(separator: "=").compactMap { String($0).suffix(afterPrefix: "ref:") }
      case .list(let values): values.flatMap(\.references)
      case .object(let members): members.flatMap(\.value.references)
      }
    }
  }
#endif
