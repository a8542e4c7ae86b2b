// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// How a recurrent network is made.
struct RecurrentOptions: Sendable {
    var inputSize: Int?
    var hiddenSize: Int
    var layers: Int
    var bias: Bool
    var dropout: Double
    var bidirectional: Bool
    var returnsSequences: Bool

    /// Refuses options that cannot be.
    func check() throws(LayerError) {
        if let inputSize { try checkSize("inputSize", inputSize) }
        try checkSize("hiddenSize", hiddenSize)
        try checkLayers(layers)
        try checkRate("dropout", dropout)
    }

    /// The options themselves, or small ones that stand in for those that cannot be.
    func orStandIn(_ mistake: LayerError?) -> RecurrentOptions {
        var options = self
        if mistake != nil { (options.inputSize, options.hiddenSize, options.layers, options.dropout) = (nil, 1, 1, 0) }
        return options
    }
}
