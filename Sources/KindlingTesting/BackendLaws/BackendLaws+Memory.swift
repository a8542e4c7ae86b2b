// SPDX-License-Identifier: Apache-2.0

import KindlingBackend

extension BackendLaws {
    /// What goes up comes down again.
    static let memoryCases: [BackendCase] = [
        BackendCase("memory keeps what is uploaded") { backend, _ in
            law("upload, download") { () throws(TensorError) in
                for count in [1, 3, 64, 1000, 100_001] {
                    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31 + 7) }
                    let storage = try stored(bytes, on: backend)
                    if storage.byteCount < count { return "\(count) bytes asked for, \(storage.byteCount) given" }
                    if try downloaded(count, from: storage) != bytes { return "\(count) bytes came back changed" }
                    let offset = count / 3
                    if try downloaded(count - offset, from: storage, byteOffset: offset) != Array(bytes[offset...]) {
                        return "of \(count) bytes, those after the first \(offset) came back changed"
                    }
                }
                return nil
            }
        },
        BackendCase("memory of no bytes") { backend, _ in
            law("allocate 0 bytes") { () throws(TensorError) in
                let storage = try stored([], on: backend)
                return try downloaded(0, from: storage).isEmpty ? nil : "bytes came out of nothing"
            }
        },
        BackendCase("memory of several tensors is apart") { backend, _ in
            law("many storages") { () throws(TensorError) in
                var storages: [Storage] = []
                for number in 0..<40 { storages.append(try stored(pattern(number), on: backend)) }
                for (number, storage) in storages.enumerated()
                where try downloaded(100, from: storage) != pattern(number) {
                    return "storage \(number) was written to by another"
                }
                return nil
            }
        },
    ]

    private static func pattern(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 100) }

    private static func law(_ call: String, finding: () throws(TensorError) -> String?) -> LawReport {
        var report = LawReport()
        report.callCount = 1
        do throws(TensorError) {
            if let finding = try finding() {
                report.violations.append(LawViolation(law: "memory", call: call, finding: finding))
            }
        } catch {
            report.violations.append(LawViolation(law: "memory", call: call, finding: "threw: \(error)"))
        }
        return report
    }
}
