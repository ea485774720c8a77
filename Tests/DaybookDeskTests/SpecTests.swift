import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `A spec of a decider` {
  private let registered = PatientRegistered.with {
    $0.patient = PatientID(3)
    $0.person.person = 7
    $0.person.familyName = "Xu"
  }

  private var spec: Spec { Clinic.open.by(.staff(2), .reception).when(Clinic.patient("Xu")) }
  private var refused: Spec { spec.when(Clinic.patient("")) }

  @Test func `passes what is as said`() {
    spec.then(registered)
    spec.thenEvents(PatientRegistered.self)
    refused.thenRefused(.fieldRequired)
    refused.thenRefused(DeskRefusal.missing("a text"), field: "person")
  }

  @Test func `fails on another payload, another event, too few and too many`() {
    withKnownIssue { spec.then(PatientRegistered.with { $0.patient = PatientID(3) }) }
    withKnownIssue { spec.then(CoverageSet()) }
    withKnownIssue { spec.then(registered, registered) }
    withKnownIssue { spec.thenNothing() }
    withKnownIssue { spec.thenEvents(CoverageSet.self) }
  }

  @Test func `fails on a refusal where events are said, and the other way round`() {
    withKnownIssue { refused.then(registered) }
    withKnownIssue { refused.thenEvents(PatientRegistered.self) }
    withKnownIssue { refused.thenFound() }
    withKnownIssue { spec.thenRefused(.fieldRequired) }
    withKnownIssue { spec.thenRefused(DeskRefusal.missing("a text")) }
  }

  @Test func `fails on another refusal`() {
    withKnownIssue { refused.thenRefused(.notPermitted) }
    withKnownIssue { refused.thenRefused(.fieldRequired, .fieldRequired) }
    withKnownIssue { refused.thenRefused(DeskRefusal.missing("a name")) }
    withKnownIssue { refused.thenRefused(DeskRefusal.missing("a text"), field: "name") }
  }

  @Test func `fails on a past that cannot have been`() {
    withKnownIssue { _ = spec.given(Clinic.patient("")) }
    withKnownIssue { _ = spec.given(registered) }
  }

  @Test func `fails on other findings`() {
    withKnownIssue { spec.thenFound(.overlap) }
  }

  @Test func `a refusal leaves the past as it was`() {
    #expect(refused.history.lastPosition == spec.history.lastPosition)
    #expect(refused.events.isEmpty)
  }

  @Test func `is a value, continued in several ways`() {
    let one = spec.when(Clinic.patient("Yu"))
    let other = spec.when(Clinic.patient("Zu"))
    #expect(one.history.lastPosition == other.history.lastPosition)
    #expect(one.events != other.events)
  }
}
