// SPDX-License-Identifier: Apache-2.0

public import KindlingBackend

/// What every backend must do: each kind of request, in each type, over each kind of memory layout, compared element
/// by element with a backend that is trusted.
///
///     @Test(arguments: BackendLaws.cases)
///     func keeps(law: BackendCase) {
///         let report = law.check(CPUBackend(), against: ReferenceBackend())
///         #expect(report.violations.isEmpty, "\(report)")
///     }
public enum BackendLaws {
    /// Every law, in the order of the requests.
    public static let cases: [BackendCase] =
        memoryCases + elementwiseCases + programCases + copyCases + reductionCases + matmulCases + convolutionCases
        + poolingCases + softmaxCases + normalizationCases + crossEntropyCases + indexingCases + scanCases + randomCases
        + optimizerCases
        + linearAlgebraCases

    /// Checks a backend against all laws, or some.
    public static func check(
        _ backend: any Backend, against reference: any Backend, cases: [BackendCase] = BackendLaws.cases
    ) -> LawReport {
        var report = LawReport()
        for law in cases { report.append(law.check(backend, against: reference)) }
        return report
    }
}
