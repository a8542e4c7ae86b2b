// SPDX-License-Identifier: Apache-2.0
import KindlingCPU
import KindlingTesting
import ReferenceBackend
import Testing

@Suite struct CPUBackendLawsTests {
    @Test(arguments: BackendLaws.cases)
    func cpuAgreesWithReference(law: BackendCase) {
        let report = law.check(CPUBackend.shared, against: ReferenceBackend())
        #expect(report.violations.isEmpty && report.refusals.isEmpty, "\(report)")
    }
}
