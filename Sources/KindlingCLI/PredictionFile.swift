// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Kindling

/// Predictions as CSV: `index,predicted,setosa,versicolor,…` with probabilities, or `index,output_0,…`; or a JSON object
/// with the same keys on each line.
struct PredictionFile {
    let classNames: [String]
    /// Whether rows are JSON.
    let asJSON: Bool
    private(set) var text = ""
    private(set) var rowCount = 0

    init(classNames: [String], asJSON: Bool = false) {
        self.classNames = classNames
        self.asJSON = asJSON
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Finds out before the work, not after it, that a file could not be written.
    static func checkFolder(of path: String) throws {
        guard !path.isEmpty else { throw UsageError(what: "'--output' is empty", remedy: "give a file's path") }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        var folder = parts.dropLast().joined(separator: "/")
        if folder.isEmpty { folder = path.hasPrefix("/") ? "/" : "." }
        guard access(folder, W_OK | X_OK) == 0 else {
            let reason = String(cString: strerror(errno))
            throw UsageError(
                what: "'\(path)' cannot be written: the folder '\(folder)': \(reason)",
                remedy: "choose a folder that is there and that you can write to")
        }
    }

    mutating func add(_ prediction: Prediction) throws {
        let width = prediction.outputs.elementCount / max(1, prediction.indices.count)
        let isClasses = width == classNames.count
        let values = try withTensorErrors {
            isClasses ? prediction.outputs.softmax() : prediction.outputs
        }.array(of: Float.self)
        let names = isClasses ? ["predicted"] + classNames : (0..<width).map { "output_\($0)" }
        if text.isEmpty, !asJSON {
            text = (["index"] + names).map(CSVText.quoted).joined(separator: ",") + "\n"
        }
        for (row, index) in prediction.indices.enumerated() {
            let numbers = values[row * width..<(row + 1) * width]
            var cells = [String(index)]
            if isClasses {
                let best = numbers.indices.max { numbers[$0] < numbers[$1] } ?? numbers.startIndex
                let name = classNames[best - numbers.startIndex]
                cells.append(asJSON ? name : CSVText.quoted(name))
            }
            if asJSON {
                let best = isClasses ? [JSON.text(cells[1])] : []
                let figures = best + numbers.map { JSON.number(Double($0)) }
                let members = [(key: "index", value: JSON.integer(index))] + zip(names, figures).map { ($0, $1) }
                text += JSON.object(members).line + "\n"
                rowCount += 1
                continue
            }
            text += (cells + numbers.map { "\($0)" }).joined(separator: ",") + "\n"
            rowCount += 1
        }
    }
}
