import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues

/// Carries the actions of an export into a book of its own, in memory: what it takes, the book takes,
/// by the plan that it makes.
final class BookMerge {
  /// The book, and behind it what was taken of the export.
  let trial: ActionTrial
  private(set) var plan: MergePlan
  /// The balances of the book before anything was merged into it.
  private(set) var balances = TrialBalances()

  private let catalogue: Catalogue
  private let export: BookDefinitions
  private var standing: StandingActions
  private let renumberer: EventRenumberer
  private let maker: ActionContent.Maker
  private let kinds: Set<StreamKind>
  private let decoder = EventDecoder()
  /// Accounts, tax codes, rules and parties of the export that are the book's, in the export's numbers.
  private var identified: Set<ThingNumbers.Thing> = []
  /// The numbers given to what has no stream.
  private var streamless: [StreamKind: UInt64] = [:]
  /// Clinics at which something was appended.
  private var appended: Set<UInt64> = []
  /// Clinics of the book whose events stand in the export, and how many of them were met.
  private var met: [UInt64: Int] = [:]

  /// - Parameters:
  ///   - name: Of the export, by its first action.
  ///   - wanted: The references of its actions.
  ///   - definitions: What it defines.
  init(
    _ catalogue: Catalogue, export name: String, wanted: Set<CommandDigest>,
    _ definitions: BookDefinitions
  ) {
    self.catalogue = catalogue
    trial = ActionTrial(catalogue)
    plan = MergePlan(export: name)
    export = definitions
    standing = StandingActions(wanted: wanted, catalogue)
    renumberer = EventRenumberer(catalogue)
    maker = ActionContent.Maker(catalogue)
    kinds = catalogue.kindsOfStreams
  }

  /// Takes the book in.
  ///
  /// - Throws: `LogError`; `LineFault` where it holds what cannot be taken in.
  func take(book log: inout LogReader) throws {
    var action = EncodedAction(headers: [], payloads: [], payloadEnds: [])
    try log.scan(from: Position(1)) { record in
      if record.header.beginsAction {
        action = EncodedAction(
          headers: [], payloads: [], payloadEnds: [],
          source: record.source.map {
            ActionSource(reference: $0.reference.text() ?? "", digest: $0.digest)
          })
      }
      action.headers.append(record.header)
      action.payloads += record.payload.copyRemaining()
      action.payloadEnds.append(action.payloads.count)
      guard record.header.endsAction else { return }
      do throws(Refusal) {
        try trial.take(action)
      } catch {
        throw LineFault(
          line: 0, code: "invalidState",
          reason: "the book itself cannot be taken in at position \(action.headers[0].position): "
            + "\(error); run `daybook verify`")
      }
      try standing.note(action)
    }
    balances = TrialBalances(trial.models)
  }

  /// Whether events of the export were appended at a clinic that the book had.
  func goesOn(_ clinic: UInt64) -> Bool { appended.contains(clinic) }

  /// Whether all that the merged book holds of a clinic is the export's.
  func isExports(_ clinic: UInt64) -> Bool {
    standing.events[clinic] == nil || standing.events[clinic] == met[clinic]
  }

  /// What keeps the books from being merged at all.
  var conflicts: [String] { standing.definitions.conflicts(with: export) }

  // MARK: - Actions of the export

  /// Takes an action of the export in.
  ///
  /// - Returns: How many of its events are appended, and whether the book holds it.
  /// - Throws: `LineFault` where it cannot be merged.
  func take(_ exported: ExportedAction) throws -> (fate: MergePlan.Fate, appended: Int) {
    do {
      let (fate, kept) = try fate(of: exported)
      let index = plan.fates.count
      plan.add(fate, leaving: kept)
      guard fate == .appended else { return (fate, 0) }
      try append(exported, index, kept)
      return (fate, kept.count { $0 })
    } catch let difference as Difference {
      throw fault(exported, .duplicateSource, difference.reason)
    }
  }

  private func fate(of exported: ExportedAction) throws -> (MergePlan.Fate, kept: [Bool]) {
    let action = exported.action
    let source = action.source ?? MergePlan.source(of: action, plan.export)
    let clinic = try clinic(of: exported)
    if let known = standing.action(source.reference, clinic: clinic) {
      guard known.source == source.digest, try recognise(action, as: known) else {
        throw fault(
          exported, .duplicateSource,
          "sourceRef: \(source.reference) stands at position \(known.first) of the book with other "
            + "content; correct it in one of them")
      }
      for clinic in known.clinics { met[clinic, default: 0] += 1 }
      return (.there, [])
    }
    let kept = try action.kept { try isFromElsewhere($0, before: nil) }
    guard kept.contains(true) else { return (.left, kept) }
    try checkClinics(exported)
    return (.appended, kept)
  }

  private func clinic(of exported: ExportedAction) throws(LineFault) -> UInt64 {
    let number = exported.action.headers.first?.clinic ?? 0
    guard let clinic = plan.number(.clinic, number) else {
      throw fault(exported, .unknownReference, "clinic: \(ClinicID(number)) is not defined before")
    }
    return clinic
  }

  private func append(_ exported: ExportedAction, _ index: Int, _ kept: [Bool]) throws {
    number(exported.action, kept)
    var result: EncodedAction
    do throws(WireError) {
      result = try plan.translated(exported.action, index, renumberer)
    } catch {
      throw fault(
        exported, .unknownReference,
        "\(error.field): it names something that the export does not tell of before")
    }
    try checkInvoices(result, exported)
    try seal(&result, exported, kept)
    for index in result.headers.indices {
      result.headers[index].recorded = standing.lastRecorded
      appended.insert(result.headers[index].clinic)
    }
    do throws(Refusal) {
      try trial.take(result)
    } catch {
      throw LineFault(error, exported)
    }
  }

  /// Gives numbers to what begins with the action or is named by it first, positions to its events,
  /// and versions to those whose streams have others.
  private func number(_ action: EncodedAction, _ kept: [Bool]) {
    var position = trial.last.number
    var newest: [StreamKind: UInt64] = [:]
    for (index, header) in action.headers.enumerated() where kept[index] {
      position += 1
      plan.place(header.position, at: Position(position))
      let thing = ThingNumbers.Thing(header.stream.kind, header.stream.number)
      guard header.version == 1, plan.numbers[thing] == nil else { continue }
      let number = (newest[thing.kind] ?? trial.newest(of: thing.kind)) + 1
      newest[thing.kind] = number
      plan.numbers.give(thing, number)
    }
    var versions: [StreamID: UInt64] = [:]
    for (index, header) in action.headers.enumerated() where kept[index] {
      guard let number = plan.number(header.stream.kind, header.stream.number) else { continue }
      let stream = StreamID(header.stream.kind, number)
      let version = (versions[stream] ?? trial.version(of: stream)) + 1
      versions[stream] = version
      if version != header.version {
        plan.shift(
          header.position, by: Int64(clamping: version) - Int64(clamping: header.version))
      }
    }
    // Persons, tills and series have no streams: they are numbered as they are first named.
    guard let things = try? maker.content(of: action, keeping: kept).things else { return }
    for thing in things where !kinds.contains(thing.kind) && plan.numbers[thing] == nil {
      let number = (streamless[thing.kind] ?? standing.streamless[thing.kind] ?? 0) + 1
      streamless[thing.kind] = number
      plan.numbers.give(thing, number)
    }
  }

  /// Makes the digests anew that the action states.
  private func seal(
    _ result: inout EncodedAction, _ exported: ExportedAction, _ kept: [Bool]
  ) throws {
    let originals = zip(exported.action.headers, kept).filter { $0.1 }.map { $0.0.position }
    let sealing = Sealing(trial.models)
    var payloads: [UInt8] = []
    var start = 0
    for (index, header) in result.headers.enumerated() {
      let end = result.payloadEnds[index]
      let payload = Array(result.payloads[start..<end])
      start = end
      do {
        let sealed = try sealing.payload(header, payload)
        if let sealed { plan.seal(originals[index], sealed) }
        payloads += sealed ?? payload
      } catch let broken as Sealing.Broken {
        throw fault(exported, .unbalanced, "totals: \(broken.reason)")
      }
      result.payloadEnds[index] = payloads.count
    }
    result.payloads = payloads
  }

  // MARK: - What both books have

  /// Whether the action is the book's, and what it names has the same numbers wherever it is named.
  private func recognise(
    _ action: EncodedAction, as known: StandingActions.Action
  ) throws -> Bool {
    let kept = try action.kept { try isFromElsewhere($0, before: known.first) }
    let content = try maker.content(of: action, keeping: kept)
    guard content.digest == known.content.digest,
      content.things.count == known.content.things.count
    else { return false }
    for (thing, other) in zip(content.things, known.content.things) {
      guard thing.kind == other.kind, thing.number > 0, other.number > 0 else { return false }
      if let number = plan.numbers[thing] {
        guard number == other.number else { return false }
      } else {
        plan.numbers.give(thing, other.number)
      }
    }
    var position = known.first.number
    for (index, header) in action.headers.enumerated() where kept[index] {
      plan.place(header.position, at: Position(position))
      position += 1
    }
    return true
  }

  private struct Difference: Error {
    var reason: String
  }

  /// Whether the event defines what the book has defined itself: then it is the book's.
  ///
  /// - Parameter position: Only what was defined before it counts; nil for all.
  private func isFromElsewhere(_ record: RecordView, before position: Position?) throws -> Bool {
    if NameDeclared.isOne(record.header) {
      throw Difference(
        reason: "type: an export with events of others cannot be merged; import it into a new book")
    }
    guard record.header.family == .administration,
      let tag = AdministrationTag(rawValue: record.header.tag)
    else { return false }
    let stream = record.header.stream
    let thing = ThingNumbers.Thing(stream.kind, stream.number)
    if plan.numbers[thing] != nil { return identified.contains(thing) }
    decoder.reset()
    let event = Event(record, decoder)
    let here = standing.definitions
    switch tag {
    case .accountDefined:
      let code = try event.payload(AccountDefined.self).code.trimmed
      return try isSame(here.accounts[code], export.accounts[code], thing, record, position) {
        let (one, other) = ($0.last, $1.last)
        return one == other
          ? nil
          : "account \(code) is \(one.map(BookDefinitions.text) ?? "") in the book and "
            + "\(other.map(BookDefinitions.text) ?? "") in the export; define it alike first"
      }
    case .taxCodeSet:
      let code = try event.payload(TaxCodeSet.self).code.trimmed
      return try isSame(here.taxCodes[code], export.taxCodes[code], thing, record, position) {
        $0 == $1
          ? nil
          : "tax code \(code) is not set alike in the book and in the export; set it alike first"
      }
    case .postingRuleSet:
      let key = BookDefinitions.key(try event.payload(PostingRuleSet.self))
      return try isSame(here.rules[key], export.rules[key], thing, record, position) {
        $0 == $1 ? nil : "the posting rule of \(key) is another in the book; set it alike first"
      }
    case .partyRegistered:
      guard let key = BookDefinitions.key(try event.payload(PartyRegistered.self)) else {
        return false
      }
      return try isSame(here.parties[key], export.parties[key], thing, record, position) {
        guard let one = $0.last, let other = $1.last, one != other else { return nil }
        return "the tax number \(one.taxID) is \(one.name.debugDescription) in the book and "
          + "\(other.name.debugDescription) in the export, with other terms or address; one tax "
          + "number is one party"
      }
    case .resourceDefined:
      let serial = try event.payload(ResourceDefined.self).serial.trimmed
      if position == nil, let known = here.resources[serial] {
        throw Difference(
          reason:
            "serial: \(ResourceID(known.number)) of the book has the serial number \(serial); "
            + "give one of them another")
      }
      return false
    default: return false
    }
  }

  /// Whether what the book has under the same code is the same; then its numbers are.
  private func isSame<Version>(
    _ here: BookDefinitions.Defined<Version>?, _ there: BookDefinitions.Defined<Version>?,
    _ thing: ThingNumbers.Thing, _ record: RecordView, _ position: Position?,
    _ difference: ([Version], [Version]) -> String?
  ) throws -> Bool {
    guard let here, let there, position.map({ here.first < $0 }) ?? true else { return false }
    if let difference = difference(here.versions, there.versions) {
      throw Difference(reason: difference)
    }
    plan.numbers.give(thing, here.number)
    plan.place(record.header.position, at: here.first)
    identified.insert(thing)
    return true
  }

  // MARK: - Rules of the merged book

  /// A clinic that both books have goes on in one of them only.
  private func checkClinics(_ exported: ExportedAction) throws(LineFault) {
    for header in exported.action.headers where header.clinic > 0 {
      guard let clinic = plan.number(.clinic, header.clinic), !isExports(clinic) else { continue }
      throw fault(
        exported, .versionConflict,
        "clinic: both books have \(ClinicID(clinic)), and both went on with it by themselves; the "
          + "events of one clinic are recorded in one of them")
    }
  }

  /// A supplier's invoice is recorded once, also where both books know the supplier.
  private func checkInvoices(_ action: EncodedAction, _ exported: ExportedAction) throws {
    try action.forEachEvent { record in
      guard record.header.family == .accounting,
        record.header.tag == SupplierInvoiceRecorded.tag.rawValue
      else { return }
      decoder.reset()
      let invoice = try Event(record, decoder).payload(SupplierInvoiceRecorded.self)
      guard standing.supplierInvoices.contains(StandingActions.key(invoice)) else { return }
      throw fault(
        exported, .duplicateSource,
        "number: the book has invoice \(invoice.number) of \(invoice.supplier) already; reverse it in "
          + "one of them")
    }
  }

  private func fault(
    _ exported: ExportedAction, _ code: RefusalCode, _ reason: String
  ) -> LineFault {
    LineFault(line: exported.line, code: code.rawValue, reason: reason)
  }
}
