/// A list that keeps its first three members in place, so that short lists cost no allocation.
///
/// Most lists of an event are short: a payment settles one charge, a treatment uses one device.
@frozen
public struct Few<Element> {
  @usableFromInline var first: Element?
  @usableFromInline var second: Element?
  @usableFromInline var third: Element?
  // Nil as long as there are three at most: even an empty array is counted by those who copy it.
  @usableFromInline var rest: [Element]?
  // Told apart from the members, since it costs more to ask each of them whether it is there.
  @usableFromInline var length = 0

  /// Creates an empty list.
  @inlinable
  public init() {}

  /// Creates a list of `elements`.
  @inlinable
  public init(_ elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }

  /// Adds `element` at the end.
  @inlinable
  public mutating func append(_ element: Element) {
    switch length {
    case 0: first = element
    case 1: second = element
    case 2: third = element
    case 3: rest = [element]
    default: rest?.append(element)
    }
    length += 1
  }

  /// Takes all members away; costs nothing where there are none.
  @inlinable
  public mutating func removeAll() {
    if length > 0 { self = Few() }
  }
}

extension Few: RandomAccessCollection, MutableCollection {
  /// Always 0.
  @inlinable public var startIndex: Int { 0 }

  /// The number of members.
  @inlinable public var endIndex: Int { length }

  /// The member at `index`, from 0.
  @inlinable
  public subscript(index: Int) -> Element {
    get {
      switch index {
      case 0: if let first { return first }
      case 1: if let second { return second }
      case 2: if let third { return third }
      default: if let rest { return rest[index - 3] }
      }
      preconditionFailure("index \(index) of a list of \(count)")
    }
    set {
      precondition(index >= 0 && index < count, "index \(index) of a list of \(count)")
      switch index {
      case 0: first = newValue
      case 1: second = newValue
      case 2: third = newValue
      default: rest?[index - 3] = newValue
      }
    }
  }
}

extension Few: ExpressibleByArrayLiteral {
  /// Creates a list of the literal's members.
  @inlinable
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension Few: Sendable where Element: Sendable {}
extension Few: Equatable where Element: Equatable {}
extension Few: Hashable where Element: Hashable {}
