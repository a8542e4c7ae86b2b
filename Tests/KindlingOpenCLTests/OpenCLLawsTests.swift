// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingTesting
import ReferenceBackend
import Testing

@testable import KindlingOpenCL

/// The laws of all backends.
///
/// Every kernel costs some hundredths of a second to compile, and functions differ only by an expression in one, so a
/// few functions stand for all; `KINDLING_ALL_LAWS=1` in the environment checks every one.
@Suite(.onDevice) struct OpenCLLawsTests {
    private static let isPictures: @Sendable (BackendCase) -> Bool = {
        $0.description.hasPrefix("convolution") || $0.description.hasPrefix("pooling")
    }

    private static let cases = BackendLaws.cases.filter { law in
        let words = law.description.split(separator: " ")
        let sample = ["elementwise": ["tanh", "select"], "reduce": ["sum", "maximum", "argumentOfMinimum", "to"]]
        let isSampled = sample[String(words[0])]?.contains(String(words[1])) ?? true
        return !isPictures(law) && (isSampled || ProcessInfo.processInfo.environment["KINDLING_ALL_LAWS"] == "1")
    }

    @Test(arguments: cases)
    func keeps(law: BackendCase) throws {
        let report = law.check(try TestDevice.required(), against: ReferenceBackend())
        #expect(report.violations.isEmpty, "\(report)")
    }

    /// What the device may refuse, by name and with nothing else.
    @Test func onlyPicturesAreRefused() throws {
        let pictures = BackendLaws.cases.filter(Self.isPictures)
        let report = BackendLaws.check(try TestDevice.required(), against: ReferenceBackend(), cases: pictures)
        #expect(report.violations.isEmpty && report.refusals.count == report.callCount, "\(report)")
    }
}
