// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingData
public import KindlingDeclarations
public import KindlingEngine
internal import KindlingNN

/// In which number formats a run computes.
///
/// Recipes spell it `float32` or `f32`, `float64` or `f64`, `bf16-mixed`, `fp16-mixed`.
///
///     var options = TrainerOptions(precision: .bfloat16Mixed)
///
/// With mixed precision parameters, buffers and the optimizer's state stay float32, as do checkpoints; operations run in
/// the types that a `PrecisionPolicy` gives them. With float16 the loss is scaled, see ``LossScale``.
public enum Precision: Sendable, Hashable {
    /// Single precision: parameters, activations and gradients.
    case float32
    /// Double precision, for checking gradients and for small scientific models.
    case float64
    /// Single precision, but operations run in the types that a policy gives them.
    case mixed(PrecisionPolicy)

    /// Products in bfloat16, sums in float32.
    public static let bfloat16Mixed = Precision.mixed(PrecisionPolicy(.bfloat16))
    /// Products in float16, sums in float32, the loss scaled so that gradients do not vanish.
    public static let float16Mixed = Precision.mixed(PrecisionPolicy(.float16))

    /// The policy of mixed precision, else nil.
    public var policy: PrecisionPolicy? {
        if case .mixed(let policy) = self { policy } else { nil }
    }

    /// Whether gradients would vanish without a scaled loss.
    public var needsLossScale: Bool { policy?.half == .float16 }

    /// The type of parameters and inputs.
    var dtype: DType { self == .float64 ? .float64 : .float32 }

    /// Why the format will not be faster than float32 on a device; nil where it will be, or where that is not the point.
    package func warning(on device: Device) -> String? {
        guard let half = policy?.half, !device.accelerates(half.dtype) else { return nil }
        return """
            precision \(recipeText) will not be faster than float32 on the device '\(device)': it has no instructions \
            that multiply \(half.dtype.name), so it saves memory only
            """
    }

    /// Refuses a policy with a rule for an operation that there is not.
    func check() throws {
        guard let unknown = policy?.unknownOperation else { return }  // Every rule has its operation.
        let nearest = nearestName(to: unknown, in: PrecisionPolicy.operationNames).map { "write '\($0)'" }
        throw TrainingError(
            .badOption, "the precision policy has a rule for '\(unknown)', which no operation is called",
            remedy: nearest ?? "take a name of PrecisionPolicy.operationNames")
    }

    /// Brings a module's parameters and buffers into the format.
    func prepare(_ module: any Module) {
        for parameter in module.parameters where parameter.value.dtype != dtype {
            parameter.value = parameter.value.converted(to: dtype)
        }
        for (_, buffer) in module.namedBuffers where buffer.value.dtype.isFloatingPoint && buffer.value.dtype != dtype {
            buffer.value = buffer.value.converted(to: dtype)
        }
    }

    /// Brings a batch's real numbers into the format.
    func prepare(_ batch: Batch) -> Batch {
        guard batch.inputs.dtype != dtype || batch.targets.dtype != dtype else { return batch }
        var batch = batch
        if batch.inputs.dtype.isFloatingPoint { batch.inputs = batch.inputs.converted(to: dtype) }
        if batch.targets.dtype.isFloatingPoint { batch.targets = batch.targets.converted(to: dtype) }
        return batch
    }
}

extension Precision: FieldValue {
    private static let names: [(text: String, precision: Precision)] = [
        ("float32", .float32), ("bf16-mixed", .bfloat16Mixed), ("fp16-mixed", .float16Mixed), ("float64", .float64),
        ("f32", .float32), ("f64", .float64),
    ]

    /// One of the names.
    public static var fieldType: FieldType { .choice(names.map(\.text)) }

    /// Reads a name.
    public static func read(_ value: DeclaredValue, _ reader: RecipeReader) -> Precision? {
        guard case .scalar(let text, _) = value.content else { return reader.expected(fieldType, found: value) }
        if let match = names.first(where: { $0.text == text }) { return match.precision }
        return reader.expected(fieldType, found: value, nearest: nearestName(to: text, in: names.map(\.text)))
    }

    /// The name; of a policy of your own, that of its half type.
    public var recipeText: String {
        switch self {
        case .float32: "float32"
        case .float64: "float64"
        case .mixed(let policy): policy.half == .bfloat16 ? "bf16-mixed" : "fp16-mixed"
        }
    }
}
