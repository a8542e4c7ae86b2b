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

    /// A row's operation on the same numbers in other orders.
    struct Variant: Decodable, Sendable {
        let orders: [[Int]?]
        let output: [Double]
        let gradients: [[Double]?]?
    }

    /// The cases of each row: of cases.json and of each family's cases-….json.
    static let variants: [String: [Variant]] = load("cases")

    /// All rows by name: of operations.json and of each family's operations-….json.
    static let all: [String: OperationFixture] = load("operations")

    private static func load<Value: Decodable>(_ kind: String) -> [String: Value] {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder().path)
            var rows: [String: Value] = [:]
            for name in names where name.hasPrefix(kind) && name.hasSuffix(".json") {
                let family = try JSONDecoder().decode([String: Value].self, from: data(String(name.dropLast(5))))
                rows.merge(family) { _, _ in fatalError("two fixture files have a row of one name; one is \(name)") }
            }
            return rows
        } catch { fatalError("the fixtures cannot be read: \(error)") }
    }

    private static func folder(file: String = #filePath) -> URL {
        URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures")
    }

    static func data(_ name: String) throws -> Data {
        try Data(contentsOf: folder().appendingPathComponent("\(name).json"))
    }
}
