// SPDX-License-Identifier: Apache-2.0
import Foundation
import KindlingBackend
import KindlingEngine

@testable import KindlingData

/// Ten samples whose feature and class are their number.
func numbers(_ count: Int = 10) throws -> TensorDataset {
    try TensorDataset(
        features: Tensor((0..<count).map(Float.init), shape: [count, 1]), targets: Tensor(Array(0..<count)))
}

/// The rest of an epoch's batches, as the samples' numbers.
func remaining(_ loader: DataLoader, epoch: Int = 0, seed: UInt64 = 7, from firstBatch: Int = 0) throws -> [[Int]] {
    var iterator = loader.batches(epoch: epoch, seed: seed, from: firstBatch)
    var batches: [[Int]] = []
    while let batch = try iterator.next() { batches.append(batch.indices) }
    return batches
}

/// What a throwing call throws, or nil.
func mistake(_ body: () throws -> Void) -> DataError? {
    do { try body() } catch let error as DataError { return error } catch { return nil }
    return nil
}

/// A folder that is gone afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kindling-data-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // A folder left behind changes no result.
    return try body(folder.path)
}

func write(_ bytes: some Collection<UInt8>, to path: String) throws {
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// The real data sets that this machine has: `KINDLING_DATA`, or `shared/data` beside the checkout.
enum Published {
    static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func directory(with subfolder: String) -> String? {
        let beside = URL(fileURLWithPath: checkout).deletingLastPathComponent().appendingPathComponent("shared/data")
            .path
        return [ProcessInfo.processInfo.environment["KINDLING_DATA"], beside].compactMap { $0 }.first {
            FileManager.default.fileExists(atPath: "\($0)/\(subfolder)")
        }
    }
}

/// gzip made by Python 3's `gzip.compress(b"kindling " * 20, mtime=0)`.
let packedSample: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 203, 206, 204, 75, 201, 201, 204, 75, 87, 200,
    30, 58, 12, 0, 34, 77, 98, 112, 180, 0, 0, 0,
]
let unpackedSample = [UInt8](String(repeating: "kindling ", count: 20).utf8)
