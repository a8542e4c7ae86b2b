// SPDX-License-Identifier: Apache-2.0

import KindlingTesting
import ReferenceBackend
import Testing

/// The laws themselves: what they find, and what they let pass.
@Suite struct BackendLawsTests {
    private static let few = BackendLaws.cases.filter { law in
        ["memory", "elementwise add float32", "gather float32", "indices"].contains { law.description.hasPrefix($0) }
    }

    @Test(arguments: FlawedBackend.Flaw.allCases)
    func everyFlawIsFound(flaw: FlawedBackend.Flaw) {
        let report = BackendLaws.check(
            FlawedBackend(flaw), against: ReferenceBackend(), cases: BackendLawsTests.few)
        #expect(!report.violations.isEmpty)
        #expect(report.refusals.isEmpty)
    }

    @Test func soundBackendViolatesNothing() {
        let report = BackendLaws.check(FlawedBackend(), against: ReferenceBackend(), cases: BackendLawsTests.few)
        #expect(report.violations.isEmpty, "\(report)")
        #expect(report.callCount == 37)
    }

    @Test func refusalsAreNoViolations() {
        let report = BackendLaws.check(
            FlawedBackend(refusing: "gather"), against: ReferenceBackend(), cases: BackendLawsTests.few)
        #expect(report.violations.isEmpty, "\(report)")
        #expect(report.refusals.count == 14)
    }

    @Test func findingsNameTheFirstBadElement() throws {
        let law = try #require(BackendLaws.cases.first { $0.description == "reduce sum float64" })
        let report = law.check(FlawedBackend(.changesLastElement), against: ReferenceBackend())
        let finding = try #require(
            report.violations.first { $0.call.contains("float64[5, 7]") && $0.call.contains("axes 1,") })
        #expect(finding.call == "reduce(sum) over axes 1, scale 1.0 (float64[5, 7] row-major) → float64[7] row-major")
        #expect(finding.finding.hasPrefix("at [6] got "))
        #expect(finding.finding.hasSuffix("ulps apart"))
    }
}
