// SPDX-License-Identifier: Apache-2.0

import Foundation
import KindlingBackend
import Testing

/// A tensor as NumPy or PyTorch wrote it.
struct FixtureTensor: Decodable, Sendable {
    let dtype: String
    let shape: [Int]
    let values: [Double]
}

/// One request: what goes in, and what NumPy or PyTorch made of it.
struct RequestFixture: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let inputs: [FixtureTensor]
    let outputs: [FixtureTensor]

    var testDescription: String { name }
}

/// Tables about shapes and types.
struct VocabularyFixture: Decodable, Sendable {
    struct Broadcast: Decodable, Sendable {
        let left: [Int]
        let right: [Int]
        let result: [Int]?
    }
    struct Layout: Decodable, Sendable {
        let shape: [Int]
        let strides: [Int]
    }
    struct Promotion: Decodable, Sendable {
        let left: String
        let right: String
        let result: String
    }
    let broadcasts: [Broadcast]
    let strides: [Layout]
    let promotions: [Promotion]
}

/// What `Fixtures/make_fixtures.py` wrote into a file.
func fixture<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: "Fixtures/\(name)")))
}
