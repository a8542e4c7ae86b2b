// SPDX-License-Identifier: Apache-2.0

import KindlingBackend
import KindlingCPU
import KindlingTesting
import ReferenceBackend
import Testing

@Suite struct BackendLawsTests {
    @Test(arguments: BackendLaws.cases)
    func cpuKeeps(law: BackendCase) {
        let report = law.check(CPUBackend.shared, against: ReferenceBackend())
        #expect(report.violations.isEmpty, "\(report)")
    }
}
