extension LogisticsModel {
  /// Whether any item was ever received, issued or used under the lot `text`.
  ///
  /// - Complexity: O(lots).
  public func hasLot(_ text: String) -> Bool {
    let wanted = text.trimmed
    return !wanted.isEmpty && (0..<lots.count).contains { lots[$0].text == wanted }
  }
}
