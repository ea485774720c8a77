public import DaybookBytes
public import DaybookEvents

extension CommandDigest {
  /// The digest of `command` as it was given: of its name, a zero byte and its canonical bytes.
  public init<C: Command>(of command: C) throws(WireError) {
    var maker = CommandDigester()
    self = try maker.digest(of: command)
  }
}

/// Makes digests of commands. It knows the names of those that it has seen: to ask the runtime for
/// a type's name takes longer than to encode and hash a command.
struct CommandDigester: ~Copyable {
  private var prefixes: [ObjectIdentifier: [UInt8]] = [:]
  private var fields = Fields()
  private var bytes = ByteWriter(capacity: 256)

  mutating func digest<C: Command>(of command: C) throws(WireError) -> CommandDigest {
    bytes.removeAll()
    bytes.append(prefix(of: C.self))
    try fields.encode(command, into: &bytes)
    let digest = bytes.withReader { SHA256.hash($0) }
    return CommandDigest(low: digest.first.byteSwapped, high: digest.second.byteSwapped)
  }

  /// The digest of several commands that are one action.
  mutating func digest(of commands: [any Command]) throws(WireError) -> CommandDigest {
    var digests = ByteWriter(capacity: 16 * commands.count)
    for command in commands {
      let digest = try digest(ofOne: command)
      digests.appendLittleEndian(digest.low)
      digests.appendLittleEndian(digest.high)
    }
    let digest = SHA256.hash(digests.bytes)
    return CommandDigest(low: digest.first.byteSwapped, high: digest.second.byteSwapped)
  }

  private mutating func digest<C: Command>(
    ofOne command: C
  ) throws(WireError) -> CommandDigest { try digest(of: command) }

  private mutating func prefix<C: Command>(of type: C.Type) -> [UInt8] {
    let key = ObjectIdentifier(type)
    if let known = prefixes[key] { return known }
    let prefix = Array(C.typeName.utf8) + [0]
    prefixes[key] = prefix
    return prefix
  }
}
