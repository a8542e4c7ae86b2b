// SPDX-License-Identifier: Apache-2.0

import KindlingTesting
import ReferenceBackend
import Testing

@Suite struct ReferenceBackendLawsTests {
    @Test(arguments: BackendLaws.cases)
    func referenceAgreesWithItself(law: BackendCase) {
        let report = law.check(ReferenceBackend(), against: ReferenceBackend())
        #expect(report.violations.isEmpty && report.refusals.isEmpty, "\(report)")
    }

    @Test func lawsHaveDifferentNames() {
        #expect(Set(BackendLaws.cases.map(\.description)).count == BackendLaws.cases.count)
    }
}
