public import DaybookBytes
public import DaybookEvents

extension CommandDigest {
  /// The digest of `command` as it was given: of its name, a zero byte and its canonical bytes.
  public init<C: Command>(of command: C) throws(WireError) {
    var hash = SHA256()
    hash.update(Array(C.typeName.utf8) + [0])
    hash.update(try command.encoded())
    let digest = hash.finalize()
    self.init(low: digest.first.byteSwapped, high: digest.second.byteSwapped)
  }
}
