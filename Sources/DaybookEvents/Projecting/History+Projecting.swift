// What a projector asks for with every event. Each is mutating, though it changes nothing: a method
// that is not would be lent a copy of the history by one that changes what holds it.
extension History {
  /// The row at `index`, from 0; nil behind the last one.
  @inlinable
  public mutating func row(at index: Int) -> Row? {
    let place = index - fullCount
    if place >= 0, place < open.count { return open[place] }
    return storedRowHere(index)
  }

  /// The last row; nil where there is none.
  @inlinable
  public mutating func lastRow() -> Row? {
    let count = open.count
    return count > 0 ? open[count - 1] : storedRowHere(endIndexHere() - 1)
  }

  @usableFromInline
  mutating func storedRowHere(_ index: Int) -> Row? {
    indices.contains(index) ? self[index] : nil
  }

  @usableFromInline
  mutating func endIndexHere() -> Int { endIndex }
}
