// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine

/// The weight of a layer that a wrapper computes from others: the one among its direct members of that name.
func weight(of layer: any Layer) -> Parameter? {
    for member in layer.members {
        if case .parameter(let parameter) = member.content, member.name == "weight" { return parameter }
    }
    return nil
}

/// The mistake of wrapping a layer without a weight, or with one that lacks an axis.
func checkReparametrized(_ wrapper: String, _ layer: any Layer, _ weight: Parameter?, axis: Int?) throws(TensorError) {
    let type = String(describing: type(of: layer))
    guard let weight else {
        throw TensorError(
            .invalidValue, operation: wrapper, "layer is \(type), but must have a parameter 'weight' of its own",
            remedy: "wrap a linear map or a convolution")
    }
    guard let axis, weight.isBuilt else { return }  // any weight will do, or it is checked once it has a shape
    guard weight.shape.axis(axis) != nil else {
        throw TensorError(
            .invalidValue, operation: wrapper, "axis is \(axis), but must be one of the weight's, \(weight.shape)")
    }
}
