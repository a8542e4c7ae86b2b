// SPDX-License-Identifier: Apache-2.0

public import KindlingBackend

/// One law: some calls that belong together, such as a function over all layouts.
public struct BackendCase: Sendable, CustomStringConvertible {
    /// Its name, unique among the laws: `elementwise exp float32`.
    public let description: String
    private let body: @Sendable (any Backend, any Backend) -> LawReport

    /// A law of its own kind.
    init(_ description: String, body: @escaping @Sendable (any Backend, any Backend) -> LawReport) {
        self.description = description
        self.body = body
    }

    /// A law that compares the results of calls.
    ///
    /// They are made when it is checked, not before.
    init(_ description: String, calls: @escaping @Sendable () -> [BackendCall]) {
        self.init(description) { backend, reference in
            var report = LawReport()
            for call in calls() { report.append(call.check(backend, against: reference, law: description)) }
            return report
        }
    }

    /// Checks a backend.
    ///
    /// The reference is believed, whatever it says.
    public func check(_ backend: any Backend, against reference: any Backend) -> LawReport {
        body(backend, reference)
    }
}
