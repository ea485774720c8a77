#if canImport(CommonCrypto)
  import CommonCrypto
#else
  import CDaybookCrypto
#endif

/// A SHA-256 hash in the making, by the system's library.
///
/// Source: FIPS 180-4.
@safe
public struct SHA256: ~Copyable {
  #if canImport(CommonCrypto)
    private var state: CC_SHA256_CTX

    /// Creates the hash of no bytes.
    public init() {
      state = CC_SHA256_CTX()
      unsafe CC_SHA256_Init(&state)
    }

    private mutating func update(raw bytes: UnsafeRawBufferPointer) {
      var rest = unsafe bytes
      while unsafe !rest.isEmpty {
        let count = unsafe min(rest.count, Int(CC_LONG.max))
        unsafe CC_SHA256_Update(&state, rest.baseAddress, CC_LONG(count))
        unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }

    /// The hash of all bytes so far; more may follow.
    public func finalize() -> SHA256Hash {
      var copy = state
      return unsafe SHA256Hash { unsafe CC_SHA256_Final($0, &copy) }
    }
  #else
    private let context: OpaquePointer

    /// Creates the hash of no bytes.
    public init() {
      guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
      unsafe self.context = unsafe context
      succeeds(unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil))
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    private mutating func update(raw bytes: UnsafeRawBufferPointer) {
      succeeds(unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count))
    }

    /// The hash of all bytes so far; more may follow.
    public func finalize() -> SHA256Hash {
      // Closing a hash spends its state: close a copy.
      let copy = SHA256()
      succeeds(unsafe EVP_MD_CTX_copy_ex(copy.context, context))
      return unsafe SHA256Hash { unsafe succeeds(EVP_DigestFinal_ex(copy.context, $0, nil)) }
    }
  #endif

  /// Adds `bytes`.
  public mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { unsafe update(raw: $0) }
  }

  /// Adds `bytes`.
  public mutating func update(_ bytes: [UInt8]) {
    update(bytes.span)
  }

  /// Adds what `reader` has left.
  public mutating func update(_ reader: ByteReader) {
    unsafe update(raw: UnsafeRawBufferPointer(start: reader.cursor, count: reader.remaining))
  }

  /// The hash of `bytes`.
  public static func hash(_ bytes: Span<UInt8>) -> SHA256Hash {
    withReader(of: bytes) { hash($0) }
  }

  /// The hash of `bytes`.
  public static func hash(_ bytes: [UInt8]) -> SHA256Hash {
    hash(bytes.span)
  }

  /// The hash of what `reader` has left.
  public static func hash(_ reader: ByteReader) -> SHA256Hash {
    #if canImport(CommonCrypto)
      var hash = SHA256()
      hash.update(reader)
      return hash.finalize()
    #else
      return unsafe SHA256Hash {
        succeeds(
          unsafe EVP_Digest(reader.cursor, reader.remaining, $0, nil, EVP_sha256(), nil))
      }
    #endif
  }
}

#if !canImport(CommonCrypto)
  /// Stops the program where libcrypto refuses, which it does only without memory or without SHA-256.
  private func succeeds(_ result: CInt) {
    precondition(result == 1, "libcrypto refused to hash")
  }
#endif

extension SHA256Hash {
  /// Makes a hash of the 32 bytes that `fill` writes.
  fileprivate init(_ fill: (UnsafeMutablePointer<UInt8>) -> Void) {
    var words = InlineArray<4, UInt64>(repeating: 0)
    unsafe withUnsafeMutableBytes(of: &words) { raw in
      unsafe raw.withMemoryRebound(to: UInt8.self) { bytes in
        if let start = bytes.baseAddress { unsafe fill(start) }
      }
    }
    self.init(
      first: UInt64(bigEndian: words[0]), second: UInt64(bigEndian: words[1]),
      third: UInt64(bigEndian: words[2]), fourth: UInt64(bigEndian: words[3]))
  }
}
