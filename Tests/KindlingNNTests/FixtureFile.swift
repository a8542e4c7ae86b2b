// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// The contents of a file of numbers beside the tests; nothing where it is missing, so that every lookup fails.
func fixtures<Value: Decodable>(_ name: String, of type: Value.Type = Value.self) -> [String: Value] {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    guard let data = FileManager.default.contents(atPath: "\(folder)/Fixtures/\(name).json"),
        let values = try? JSONDecoder().decode([String: Value].self, from: data)
    else { return [:] }
    return values
}
