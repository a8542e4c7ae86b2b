// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// Output: the input's shape; float32 for integers.
extension Tensor {
    /// arsinh x = ln(x + √(x² + 1)), element by element.
    ///
    ///     Tensor([0.0, 1.0]).asinh()          // 0, 0.8814
    public func asinh() -> Tensor { elementwise(areaSine) }

    /// arcosh x = ln(x + √(x² − 1)), element by element; NaN below 1.
    ///
    ///     Tensor([1.0, 2.0]).acosh()          // 0, 1.3170
    public func acosh() -> Tensor { elementwise(areaCosine) }

    /// artanh x = ½ ln((1 + x) / (1 − x)), element by element; ±∞ at ±1 and NaN beyond.
    ///
    ///     Tensor([0.0, 0.5]).atanh()          // 0, 0.5493
    public func atanh() -> Tensor { elementwise(areaTangent) }
}

private let areaSine = ElementwiseDefinition("asinh", .floating, .asinh)
private let areaCosine = ElementwiseDefinition("acosh", .floating, .acosh)
private let areaTangent = ElementwiseDefinition("atanh", .floating, .atanh)
