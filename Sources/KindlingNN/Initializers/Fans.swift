// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
public import KindlingDeclarations

/// By how many numbers a weight's scale is divided.
public enum FanMode: String, FieldChoice {
    /// What goes into one output: keeps the size of values in the forward pass.
    case fanIn
    /// What one input goes into: keeps the size of gradients in the backward pass.
    case fanOut
    /// The mean of both.
    case fanAvg
}

/// How many numbers go into each output of a weight, and how many outputs each input goes into.
///
/// Weights are laid out `[out, in, window…]`; one of a single axis counts as both. As real numbers, so that no shape
/// overflows.
struct Fans {
    let fanIn: Double
    let fanOut: Double

    init(_ shape: Shape) {
        let sizes = shape.dimensions.map(Double.init)
        switch sizes.count {
        case 0: (fanIn, fanOut) = (1, 1)
        case 1: (fanIn, fanOut) = (sizes[0], sizes[0])
        default:
            let window = sizes.dropFirst(2).reduce(1, *)
            (fanIn, fanOut) = (sizes[1] * window, sizes[0] * window)
        }
    }

    /// The number that a mode names, at least 1.
    subscript(mode: FanMode) -> Double {
        switch mode {
        case .fanIn: max(1, fanIn)
        case .fanOut: max(1, fanOut)
        case .fanAvg: max(1, (fanIn + fanOut) / 2)
        }
    }
}
