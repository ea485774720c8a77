/// What a person or a program gives for a payload, before anything is known of its fields: the words
/// of a command line, or a line of JSON.
public indirect enum EnteredValue: Hashable, Sendable {
  /// Nothing is given.
  case nothing
  /// A word, a number as it is written, or a text.
  case text(String)
  /// True or false.
  case boolean(Bool)
  /// Several, in order.
  case list([EnteredValue])
  /// Fields by their names, in the order in which they are given.
  case object([Member])

  /// A field with what is given for it.
  public struct Member: Hashable, Sendable {
    /// The field's name, written as anyone likes: `unitCost`, `unit-cost`.
    public var name: String
    /// What is given.
    public var value: EnteredValue

    /// `value` for the field `name`.
    public init(_ name: String, _ value: EnteredValue) {
      self.name = name
      self.value = value
    }
  }

  /// An object without members.
  public static var empty: EnteredValue { .object([]) }

  /// The value of a member, however its name is written; nil where there is none.
  public subscript(name: String) -> EnteredValue? {
    guard case .object(let members) = self else { return nil }
    // What a program wrote is written so; to make a name plain takes as long as to read a line.
    if let exact = members.first(where: { $0.name == name }) { return exact.value }
    let wanted = EnteredName.plain(name)
    return members.first { EnteredName.plain($0.name) == wanted }?.value
  }

  /// Puts `value` at the end of a path of names, making the objects on the way.
  ///
  /// What stands there already becomes the first of a list.
  public mutating func put(_ value: EnteredValue, at path: some Collection<String>) {
    guard let name = path.first else {
      switch self {
      case .nothing: self = value
      case .list(let values): self = .list(values + [value])
      default: self = .list([self, value])
      }
      return
    }
    var members: [Member] = if case .object(let members) = self { members } else { [] }
    let wanted = EnteredName.plain(name)
    let index = members.firstIndex { EnteredName.plain($0.name) == wanted } ?? members.count
    if index == members.count { members.append(Member(name, .nothing)) }
    members[index].value.put(value, at: path.dropFirst())
    self = .object(members)
  }
}

/// Names of fields as people write them.
public enum EnteredName {
  /// The letters and digits alone, small: `unit-cost`, `unit_cost` and `unitCost` are one name.
  public static func plain(_ name: String) -> String {
    String(decoding: name.utf8.compactMap(plain), as: UTF8.self)
  }

  private static func plain(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5a: byte | 0x20
    case 0x2d, 0x2e, 0x5f: nil
    default: byte
    }
  }

  /// The name as a command line has it: `unit-cost`.
  public static func flag(_ name: String) -> String {
    String(snake(name).map { $0 == "_" ? "-" : $0 })
  }
}

/// Why what was entered cannot be what a field holds.
public struct EntryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, apart from where.
  @nonexhaustive
  public enum Kind: Hashable, Sendable {
    /// It does not have the form of the field.
    case malformed
    /// No such thing exists.
    case unknown
    /// More than one is meant.
    case ambiguous
    /// No such field exists.
    case noSuchField
  }

  /// What is wrong.
  public var kind: Kind
  /// The field, with those around it: `lines.item`; empty where none is concerned.
  public var field: String
  /// What is wrong and what to write instead.
  public var reason: String

  /// Says what is wrong with the field at hand.
  public init(_ kind: Kind, _ reason: String, field: String = "") {
    self.kind = kind
    self.reason = reason
    self.field = field
  }

  /// Neither of two kinds of things is meant: `no patient and no payer is called "nobody"; ...`.
  func and(_ other: EntryError) -> EntryError {
    let mine = reason.split(separator: "; ", maxSplits: 1).map(String.init)
    let others = other.reason.split(separator: "; ", maxSplits: 1).map(String.init)
    guard mine.count == 2, others.count == 2, mine[0] != others[0] else { return self }
    var both = self
    let called = " is called "
    let (kinds, kind) = (mine[0].split(separator: called), others[0].split(separator: called))
    if kinds.count == 2, kind.count == 2, kinds[1] == kind[1] {
      both.reason = "\(kinds[0]) and \(kind[0])\(called)\(kinds[1]); \(mine[1])"
    } else {
      both.reason = "\(mine[0]), and \(others[0]); \(mine[1])"
    }
    return both
  }

  /// The field and what is wrong with it.
  public var description: String { field.isEmpty ? reason : "\(field): \(reason)" }
}
