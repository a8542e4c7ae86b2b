// SPDX-License-Identifier: Apache-2.0

/// The JSON at the beginning of a safetensors file: the tensors, in the order they are written in, and texts.
///
/// Reads exactly what the format allows there: an object of tensors and, under `__metadata__`, an object of texts.
/// Spaces may follow. Every name comes once.
struct SafetensorsHeader {
    private(set) var entries: [SafetensorsEntry] = []
    private(set) var metadata: [String: String] = [:]

    /// The largest header, in bytes; the same as the format's other readers allow.
    static let byteLimit = 100_000_000
    /// The name under which texts are kept.
    static let metadataName = "__metadata__"

    init(_ bytes: [UInt8], path: String) throws(FileError) {
        guard bytes.first == UInt8(ascii: "{"), String(validating: bytes, as: UTF8.self) != nil else {
            throw FileError(
                .corrupt, path: path, "is no safetensors file: its header is not a JSON object in UTF-8",
                remedy: "name a file written by a safetensors library")
        }
        var names: Set<String> = []
        do throws(JSONMistake) {
            var text = JSONScanner(bytes)
            try text.object { (text: inout JSONScanner, name: String) throws(JSONMistake) in
                guard names.insert(name).inserted else { throw JSONMistake("comes twice").naming(name) }
                if name == SafetensorsHeader.metadataName {
                    metadata = try SafetensorsHeader.texts(&text)
                } else {
                    entries.append(try SafetensorsHeader.entry(name, &text))
                }
            }
            try text.end()
        } catch {
            throw FileError(
                error.isUnsupported ? .unsupported : .corrupt, path: path, entry: error.name,
                error.isUnsupported ? error.what : "the header is damaged: \(error.what)",
                remedy: error.isUnsupported ? "convert it with the library that wrote it" : "use an intact copy")
        }
    }

    private static func texts(_ text: inout JSONScanner) throws(JSONMistake) -> [String: String] {
        var result: [String: String] = [:]
        try text.object { (text: inout JSONScanner, name: String) throws(JSONMistake) in
            guard result.updateValue(try text.string(), forKey: name) == nil else {
                throw JSONMistake("its text '\(name)' comes twice").naming(SafetensorsHeader.metadataName)
            }
        }
        return result
    }

    private static func entry(_ name: String, _ text: inout JSONScanner) throws(JSONMistake) -> SafetensorsEntry {
        do throws(JSONMistake) {
            var dtype: SafetensorsDType?
            var (dimensions, offsets): ([Int]?, [Int]?)
            try text.object { (text: inout JSONScanner, key: String) throws(JSONMistake) in
                switch key {
                case "dtype" where dtype == nil:
                    let type = try text.string()
                    dtype = SafetensorsDType(name: type)
                    if dtype == nil {
                        throw JSONMistake("has the dtype '\(type)', which Kindling does not know", isUnsupported: true)
                    }
                case "shape" where dimensions == nil: dimensions = try text.wholeNumbers()
                case "data_offsets" where offsets == nil: offsets = try text.wholeNumbers()
                default: throw JSONMistake("'\(key)' comes twice, or is no part of a tensor")
                }
            }
            guard let dtype, let dimensions, let offsets, offsets.count == 2 else {
                throw JSONMistake("a tensor needs dtype, shape and two data_offsets")
            }
            return SafetensorsEntry(
                name: name, dtype: dtype, dimensions: dimensions, begin: offsets[0], end: offsets[1])
        } catch { throw error.naming(name) }
    }
}
