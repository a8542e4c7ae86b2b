// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingEngine

/// What PyTorch said of one row; written by Fixtures/make_fixtures.py.
struct OperationFixture: Decodable, Sendable {
    struct Numbers: Decodable, Sendable {
        let type: String
        let shape: [Int]
        let values: [Double]

        /// The numbers as a tensor on the current device.
        func tensor() throws -> Tensor {
            guard let dtype = DType(name: type) else { throw CocoaError(.coderInvalidValue) }
            return Tensor(values, shape: Shape(shape)).converted(to: dtype)
        }
    }

    let inputs: [Numbers]
    let output: Numbers
    let gradients: [Numbers?]?

    /// All rows by name.
    static let all: [String: OperationFixture] = {
        do { return try JSONDecoder().decode([String: OperationFixture].self, from: data("operations")) } catch {
            fatalError("the fixtures cannot be read: \(error)")
        }
    }()

    static func data(_ name: String, file: String = #filePath) throws -> Data {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
        return try Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name).json"))
    }
}
