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
    static func found(by check: () throws(LayerError) -> Void) -> LayerError? {
        do {
            try check()
            return nil
        } catch { return error }
    }
}

extension Tensor {
    /// What stands in for the result of a layer whose arguments are wrong; the mistake is noted with the layer's name.
    func refused(_ mistake: LayerError, by layer: String) -> Tensor {
        .failed(mistake.noted(by: layer), spec)
    }
}
