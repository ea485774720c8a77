#if Tool
  import Daybook

  /// Finds what a person means among what is registered: `P17`, `ref:TEXT`, a code, a part of a name.
  final class NameFinder {
    /// What is registered.
    private(set) var register: Register
    private var search = NameSearch()
    /// What was looked for before, as long as nothing new is registered.
    private var known: [Asked: Answer] = [:]

    private struct Asked: Hashable {
      var text: String
      var kinds: [RegisterKind]
    }

    /// What a text was found to mean.
    enum Answer {
      case none
      case one(RegisterEntry)
      case several([RegisterEntry])
    }

    init(_ register: Register) { self.register = register }

    /// Goes on with what the register has become.
    func take(_ register: Register) {
      if register.names.count != self.register.names.count { known = [:] }
      self.register = register
    }

    /// What `text` means among the things of these kinds.
    func find(_ text: String, among kinds: [RegisterKind]) -> Answer {
      let asked = Asked(text: text, kinds: kinds)
      if let answer = known[asked] { return answer }
      let answer = look(for: text, among: kinds)
      known[asked] = answer
      return answer
    }

    private func look(for text: String, among kinds: [RegisterKind]) -> Answer {
      if let stream = printed(text, among: kinds), let place = register.place(of: stream),
        kinds.contains(register.names[place].kind)
      {
        return .one(register.entry(at: place))
      }
      if let reference = text.suffix(afterPrefix: "ref:") {
        let place = rows(among: kinds) { $0.reference == reference }.first
        return place.map { .one(register.entry(at: $0)) } ?? .none
      }
      guard !text.isEmpty else { return .none }
      let coded = rows(among: kinds) { !$0.code.isEmpty && $0.code == text && $0.isLive }
      if coded.count > 1 { return .several(coded.map { register.entry(at: $0) }) }
      if let place = coded.first { return .one(register.entry(at: place)) }
      search.catchUp(with: register)
      let found = search.places(holding: text).filter { place in
        let row = register.names[place]
        return row.isLive && kinds.contains(row.kind) && register.isLatest(place, row)
      }
      let wanted = FoldedName.bytes(text)
      let same = found.filter { FoldedName.bytes(register.names[$0].name) == wanted }
      let meant = same.isEmpty ? found : same
      switch meant.count {
      case 0: return .none
      case 1: return .one(register.entry(at: meant[0]))
      default: return .several(meant.map { register.entry(at: $0) })
      }
    }

    /// The stream that `P17` names, where it is one of these kinds.
    private func printed(_ text: String, among kinds: [RegisterKind]) -> StreamID? {
      for kind in kinds {
        if let number = PlainTerms.printedNumber(text, of: kind.identifier) {
          return StreamID(StreamKind(kind.identifier.number), number)
        }
      }
      return nil
    }

    /// The latest rows of these kinds that a question holds for.
    private func rows(
      among kinds: [RegisterKind], where holds: (RegisteredName) -> Bool
    ) -> [Int] {
      var found: [Int] = []
      var place = 0
      register.names.forEachSlice(register.names.count) { rows in
        for row in rows {
          if holds(row), kinds.contains(row.kind), register.isLatest(place, row) {
            found.append(place)
          }
          place += 1
        }
      }
      return found
    }
  }

  extension RegisterKind {
    /// The kind of the identifiers of such things.
    var identifier: any IdentifierKind.Type {
      switch self {
      case .patients: PatientKind.self
      case .payers, .suppliers, .parties: PartyKind.self
      case .staff: StaffKind.self
      case .items: ItemKind.self
      case .services: ServiceKind.self
      case .rooms: ResourceKind.self
      case .clinics: ClinicKind.self
      case .taxes: TaxCodeKind.self
      }
    }
  }

  extension NameFinder.Answer {
    /// The one thing that is meant; nil where nothing is.
    ///
    /// - Throws: usage, where several are meant; they are listed.
    func only(_ text: String) throws(ToolFailure) -> RegisterEntry? {
      switch self {
      case .none: return nil
      case .one(let entry): return entry
      case .several(let entries): throw .usage(Self.list(entries, text))
      }
    }

    /// What to say of several.
    static func list(_ entries: [RegisterEntry], _ text: String) -> String {
      let shown = entries.prefix(20).map { "  \($0.id)  \($0.name.printable)" }
      let more =
        entries.count > shown.count ? ["  and \(entries.count - shown.count) more"] : []
      return (["\(entries.count) are called \(text.quoted); say which:"] + shown + more)
        .joined(separator: "\n")
    }
  }
#endif
