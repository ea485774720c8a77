public import DaybookEvents

// How checkpoints keep what events say of patients.

extension Sex: StoredValue {
  /// Not asked.
  public static var blank: Sex { .unspecified }
}

extension RequestPriority: StoredValue {
  /// As it comes.
  public static var blank: RequestPriority { .unspecified }
}
