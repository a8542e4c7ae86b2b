// SPDX-License-Identifier: Apache-2.0
public import KindlingBackend
public import KindlingEngine

/// A weight of a module and how Keras lays it out, so that checkpoints can be read by both.
public struct KerasWeight {
    /// What holds the weight here.
    public let content: ModuleMember.Content
    /// The order of axes that Keras stores: axis `i` of the file is axis `axes[i]` here.
    ///
    /// Empty for the same order.
    public let axes: [Int]

    /// Describes a weight.
    public init(_ content: ModuleMember.Content, axes: [Int] = []) {
        self.content = content
        self.axes = axes
    }

    /// The shape here of a value that has such a shape in Keras' order.
    public func shape(ofStored shape: Shape) -> Shape {
        guard axes.count == shape.rank else { return shape }
        var result = shape
        for (new, old) in axes.enumerated() { result[old] = shape[new] }
        return result
    }

    /// The value as Keras stores it; nil for a module, and for what is not built.
    public var stored: Tensor? {
        let value: Tensor
        switch content {
        case .parameter(let parameter) where parameter.isBuilt: value = parameter.value.detached()
        case .buffer(let buffer) where buffer.isBuilt: value = buffer.value
        case .parameter, .buffer, .module: return nil
        }
        return axes.isEmpty ? value : value.permuted(order: axes)
    }

    /// Takes a value as Keras stores it.
    public func assign(stored: Tensor) {
        var inverse = axes
        for (new, old) in axes.enumerated() { inverse[old] = new }
        let value = axes.isEmpty ? stored : stored.permuted(order: inverse).contiguous()
        switch content {
        case .parameter(let parameter): parameter.value = value
        case .buffer(let buffer): buffer.value = value
        case .module: break
        }
    }
}
