/// A list that keeps its first three members in place, so that short lists cost no allocation.
///
/// Most lists of an event are short: a payment settles one charge, a treatment uses one device.
@frozen
public struct Few<Element> {
  @usableFromInline var first: Element?
  @usableFromInline var second: Element?
  @usableFromInline var third: Element?
  @usableFromInline var rest: [Element] = []

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
    if first == nil {
      first = element
    } else if second == nil {
      second = element
    } else if third == nil {
      third = element
    } else {
      rest.append(element)
    }
  }
}

extension Few: RandomAccessCollection, MutableCollection {
  /// Always 0.
  @inlinable public var startIndex: Int { 0 }

  /// The number of members.
  @inlinable public var endIndex: Int {
    if third != nil { return 3 + rest.count }
    return second != nil ? 2 : first != nil ? 1 : 0
  }

  /// The member at `index`, from 0.
  @inlinable
  public subscript(index: Int) -> Element {
    get {
      switch index {
      case 0: if let first { return first }
      case 1: if let second { return second }
      case 2: if let third { return third }
      default: return rest[index - 3]
      }
      preconditionFailure("index \(index) of a list of \(count)")
    }
    set {
      precondition(index >= 0 && index < count, "index \(index) of a list of \(count)")
      switch index {
      case 0: first = newValue
      case 1: second = newValue
      case 2: third = newValue
      default: rest[index - 3] = newValue
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
