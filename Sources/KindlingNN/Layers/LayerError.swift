// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// Arguments of a layer that cannot be, alone or together.
public struct LayerError: Error, CustomStringConvertible {
    /// What is wrong.
    public let what: String

    /// Describes the mistake.
    public init(what: String) { self.what = what }

    /// Describes an argument outside its range: `heads is 0, but must be 1 or more`.
    init(_ parameter: String, _ value: some CustomStringConvertible, must rule: String) {
        what = "\(parameter) is \(value), but must \(rule)"
    }

    /// What is wrong.
    public var description: String { what }

    /// The mistake as an operation of the layer would note it.
    func noted(by layer: String) -> TensorError { TensorError(.invalidValue, operation: layer, what) }

    /// The mistake that a check of arguments finds, kept by an initializer that does not throw.
    ///
    /// Inside `withTensorErrors` and under a `Trainer` it is an error of that moment; elsewhere the layer says it when it
    /// is first used. A file is named for the layer in it; what several layers share notes nothing, `file` being nil, and
    /// leaves it to ``Module/note(_:)``.
    static func found(file: String? = #fileID, by check: () throws(LayerError) -> Void) -> LayerError? {
        do {
            try check()
            return nil
        } catch {
            if let name = file?.split(separator: "/").last?.split(separator: ".").first {
                noteWhereSomebodyListens(error.noted(by: String(name)))
            }
            return error
        }
    }
}

extension Module {
    /// Notes what is wrong with the arguments that the module was just made with, under its name.
    func note(_ mistake: LayerError?) {
        if let mistake { noteWhereSomebodyListens(mistake.noted(by: "\(type(of: self))")) }
    }
}

extension Tensor {
    /// What stands in for the result of a layer whose arguments are wrong; the mistake is noted with the layer's name.
    func refused(_ mistake: LayerError, by layer: String) -> Tensor {
        .failed(mistake.noted(by: layer), spec)
    }
}
