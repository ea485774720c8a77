/// What was entered for one group, and what of it the fields have taken.
struct EntryGroup {
  /// What was entered.
  let value: EnteredValue
  /// The names of the fields that the group stands in: `lines`.
  let path: String
  /// The fields that are no alternatives, as far as they were visited.
  private(set) var known: [String] = []
  /// The alternatives, as far as they were visited.
  var alternatives: [String] = []
  /// Whether one of the alternatives was taken.
  var isChosen = false
  /// What a text was found to mean.
  var found: String?
  /// Why a text is none of the alternatives tried so far.
  var miss: EntryError?

  private var used: [Bool]
  /// A text fills the fields of a group in their order, parted at equals signs: `C311=45.00`.
  private var parts: ArraySlice<String>

  init(_ value: EnteredValue, path: String) {
    self.value = value
    self.path = path
    switch value {
    case .object(let members):
      used = members.map { _ in false }
      parts = []
    case .text(let text):
      used = []
      parts =
        text.split(separator: "=", maxSplits: 3, omittingEmptySubsequences: false)
        .map { String($0) }[...]
    case .boolean(let flag):
      used = []
      parts = ["\(flag)"]
    case .nothing, .list:
      used = []
      parts = []
    }
  }

  /// What was entered for the field `name`, which has it then.
  ///
  /// - Parameter isPersonal: Whether the field may be the number or the seal of a person, which no
  ///   text fills.
  mutating func take(_ name: String, isPersonal: Bool) -> EnteredValue {
    known.append(name)
    if case .object(let members) = value {
      guard let index = index(of: name, members) else { return .nothing }
      used[index] = true
      return members[index].value
    }
    if isPersonal, name == "person" || name == "sealed" { return .nothing }
    return parts.popFirst().map { .text($0) } ?? .nothing
  }

  /// What was entered for the field `name`, of which a text may name an alternative and what that
  /// holds: `account=6200` of `account=6200=-6.96`.
  ///
  /// - Parameter holdsValue: Whether there is an alternative of a name, and it holds a value.
  mutating func take(
    _ name: String, choosing holdsValue: (String) -> Bool
  ) -> EnteredValue {
    let value = take(name, isPersonal: false)
    guard case .text(let text) = value, let content = parts.first, holdsValue(text) else {
      return value
    }
    parts.removeFirst()
    return .text("\(text)=\(content)")
  }

  /// Whether a text is left that has several parts.
  var isParted: Bool { parts.count > 1 }

  private func index(of name: String, _ members: [EnteredValue.Member]) -> Int? {
    // What a program wrote stands under its very name; only a name that a person wrote is made plain.
    if let exact = members.firstIndex(where: { $0.name == name }) { return exact }
    if used.allSatisfy({ $0 }) { return nil }
    let wanted = EnteredName.plain(name)
    let short = EnteredName.plain(Seconds.shortName(of: name))
    return members.firstIndex {
      let given = EnteredName.plain($0.name)
      return given == wanted || given == short
    }
  }

  /// How an alternative may come to be the one.
  enum Claim {
    /// Nothing was entered: it is where it is by default.
    case byDefault
    /// It was named, with this content.
    case named(EnteredValue)
    /// A text may be its content.
    case tried(String)
    /// Another one was named.
    case none
    /// It was named, and another one, too.
    case twice
  }

  /// What speaks for the alternative `name`.
  mutating func claim(on name: String) -> Claim {
    switch value {
    case .nothing, .list: return .byDefault
    case .boolean(let flag): return .tried("\(flag)")
    case .text(let text):
      parts = []
      if EnteredName.plain(text) == EnteredName.plain(name) {
        return isChosen ? .none : .named(.empty)
      }
      // `transfer=REF`: the alternative's name, and what it holds.
      let named = text.split(separator: "=", maxSplits: 1)
      if named.count == 2, EnteredName.plain(String(named[0])) == EnteredName.plain(name) {
        return isChosen ? .none : .named(.text(String(named[1])))
      }
      return .tried(text)
    case .object(let members):
      if members.isEmpty { return .byDefault }
      guard let index = index(of: name, members) else { return .none }
      used[index] = true
      return isChosen ? .twice : .named(members[index].value)
    }
  }

  /// The text entered for the field `name`.
  func text(of name: String) -> String? {
    guard case .object(let members) = value, let index = index(of: name, members),
      case .text(let text) = members[index].value
    else { return nil }
    return text
  }

  /// The first of what was entered that no field has taken; nil where all of it is.
  var left: String? {
    if case .object(let members) = value {
      return used.firstIndex(of: false).map { members[$0].name }
    }
    return parts.first
  }
}

extension EnteredValue {
  var isText: Bool { if case .text = self { true } else { false } }
}
