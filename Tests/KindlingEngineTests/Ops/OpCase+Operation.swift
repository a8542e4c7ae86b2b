// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    /// The operation that the row is about, after which tables group rows: `sum` of `sum 0 kept`, `+` of `x + 1.5`.
    ///
    /// It is the first word of the row's name that is neither a number nor `x`.
    var operation: String {
        let words = description.split(separator: " ").map(String.init)
        let name = words.first { Double($0) == nil && $0 != "x" } ?? description
        return name == "slice" ? "sliced" : name.hasSuffix(",") ? String(name.dropLast()) : name
    }

    /// The row's inputs with real numbers in another type.
    ///
    /// Indices, classes and conditions keep theirs, unless there are no real numbers: then every input is converted.
    func inputs(_ fixture: OperationFixture, in dtype: DType) throws -> [Tensor] {
        let given = try fixture.inputs.map { try $0.tensor() }
        let onlyReal = given.contains { $0.dtype == .float64 }
        return given.map { $0.dtype == .float64 || !onlyReal ? $0.converted(to: dtype) : $0 }
    }
}
