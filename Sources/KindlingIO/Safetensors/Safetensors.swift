// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingEngine

/// Writes safetensors files; ``SafetensorsFile`` reads them.
public enum Safetensors {
    /// Writes tensors under their names, replacing the file there in one step.
    ///
    /// Larger elements come first, so that all are aligned; else the order is kept, and equal contents give equal files.
    ///
    ///     try Safetensors.write(net.stateDictionary(), metadata: ["epoch": "12"], to: "net.safetensors")
    /// - Throws: ``FileError``: `invalidArgument` for a name that comes twice, the name `__metadata__`, or a tensor
    ///   without elements to read; and what ``AtomicFile`` throws.
    public static func write(
        _ tensors: [(name: String, value: Tensor)], metadata: [String: String] = [:], to path: String
    ) throws(FileError) {
        try AtomicFile.write(try bytes(of: tensors, metadata: metadata, path: path), to: path)
    }

    private static func bytes(
        of tensors: [(name: String, value: Tensor)], metadata: [String: String], path: String
    ) throws(FileError) -> [UInt8] {
        let ordered = tensors.enumerated().sorted {
            ($1.element.value.dtype.byteCount, $0.offset) < ($0.element.value.dtype.byteCount, $1.offset)
        }.map(\.element)
        var members: [String] = []
        if !metadata.isEmpty {
            let texts = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
            members.append("\(quoted(SafetensorsHeader.metadataName)):{\(texts.joined(separator: ","))}")
        }
        var names: Set<String> = [SafetensorsHeader.metadataName]
        var place = 0
        for (name, value) in ordered {
            guard names.insert(name).inserted else {
                throw FileError(
                    .invalidArgument, path: path, entry: name, "comes twice, or is the format's own name",
                    remedy: "give every tensor a name of its own")
            }
            let end = place + value.elementCount * value.dtype.byteCount
            let sizes = value.shape.dimensions.map(String.init).joined(separator: ",")
            members.append(
                #"\#(quoted(name)):{"dtype":"\#(SafetensorsDType.name(of: value.dtype))","shape":[\#(sizes)],"#
                    + #""data_offsets":[\#(place),\#(end)]}"#)
            place = end
        }
        var header = Array("{\(members.joined(separator: ","))}".utf8)
        // Filled up with spaces, so that the numbers begin at a multiple of 8.
        header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        guard header.count <= SafetensorsHeader.byteLimit else {
            throw FileError(
                .invalidArgument, path: path,
                "would need a header of \(header.count) bytes, more than \(SafetensorsHeader.byteLimit)",
                remedy: "write fewer tensors, or shorter texts")
        }
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        bytes.reserveCapacity(8 + header.count + place)
        bytes += header
        for (name, value) in ordered { try append(value, named: name, to: &bytes, path: path) }
        return bytes
    }

    private static func append(
        _ value: Tensor, named name: String, to bytes: inout [UInt8], path: String
    ) throws(FileError) {
        do {
            try value.withBytes { bytes.append(contentsOf: $0) }
        } catch {
            throw FileError(
                .invalidArgument, path: path, entry: name, "has no elements to write",
                remedy: "write tensors of a device that holds them", cause: "\(error)")
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
