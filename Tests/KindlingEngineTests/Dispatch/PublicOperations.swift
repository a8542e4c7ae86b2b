// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingEngine

/// The names of the engine's public operations, read from its sources: what tests count, so that none is forgotten.
enum PublicOperations {
    /// What a file under Ops/ declares `public` as a function, an operator, a subscript or an initializer of `Tensor`.
    static func names(from source: String = #filePath) throws -> Set<String> {
        var root = URL(fileURLWithPath: source)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let folder = root.appendingPathComponent("Sources/KindlingEngine/Ops")
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
            throw CocoaError(.fileReadNoSuchFile)
        }
        let declaration = #/public (?:static )?(?:prefix )?(?:static )?(?:func (\w+|[^\s\w(]+)|(subscript)|(init)[<(])/#
        var names: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: declaration) {
                names.insert(String(match.1 ?? match.2 ?? match.3 ?? ""))
            }
        }
        return names.subtracting(notOperations)
    }

    /// Public functions that do nothing to tensors: parts of indices in brackets.
    private static let notOperations: Set<String> = ["every"]

    /// What an operation is called in messages and in the tables of rows, where it is not its own name.
    static func otherNames(_ operation: String) -> [String] { names[operation, default: []] }

    private static let names: [String: [String]] = [
        "+": ["add"], "-": ["subtract", "negate"], "*": ["multiply"], "/": ["divide"], ".!": ["logicalNot"],
        ".&": ["logicalAnd"], ".|": ["logicalOr"], ".^": ["logicalXor"], ".==": ["equal"], ".!=": ["notEqual"],
        ".<": ["less"], ".<=": ["lessOrEqual"], "averagePooled": ["averagePool"], "maxPooled": ["maxPool"],
        "convolved": ["convolution"], "convolvedTransposed": ["transposed convolution"], "clamped": ["clamp"],
        "chunked": ["chunk"], "concatenated": ["concatenate"], "expanded": ["expand"], "flattened": ["flatten"],
        "flipped": ["flip"], "gathered": ["gather"], "maskedFilled": ["maskedFill"],
        "maskedSelected": ["maskedSelect"], "padded": ["pad"], "permuted": ["permute"],
        "pixelShuffled": ["pixelShuffle"], "pixelUnshuffled": ["pixelUnshuffle"], "repeated": ["repeat"],
        "replacing": ["replace"], "reshaped": ["reshape"], "rolled": ["roll"], "scatterAdded": ["scatterAdd"],
        "scattered": ["scatter"], "scaledDotProductAttention": ["attention"], "selected": ["select"],
        "sliced": ["slice"], "squeezed": ["squeeze"], "subscript": ["index"], "taken": ["takeAlong"],
        "tiled": ["tile"], "transposed": ["transpose"], "uniqueValues": ["unique"], "init": ["tensor"],
    ]
}
