// SPDX-License-Identifier: Apache-2.0
internal import KindlingDeclarations
internal import KindlingOptim

/// Logs the Euclidean length of the gradients before they are clipped, as `gradient_norm`.
///
/// With `perModule`, also that of each of the model's outermost parts that learn, as `gradient_norm/encoder`. Steps that
/// loggers are not told of are not measured.
///
///     GradientNormMonitor(perModule: true)
public final class GradientNormMonitor: Callback {
    private let perModule: Bool

    /// A monitor.
    public init(perModule: Bool = false) { self.perModule = perModule }

    /// Measures.
    public func gradientsReady(_ step: PendingStep, _ run: any RunControl) async throws {
        guard run.isLoggingStep else { return }  // Nobody would be told.
        run.log("gradient_norm", try step.gradientNorm(), on: .both)
        guard perModule else { return }  // Only the whole.
        var parts: [(name: String, parameters: [Int])] = []
        for (index, entry) in step.parameters.enumerated() {
            let name = entry.name.split(separator: ".").dropLast().prefix(2).joined(separator: ".")
            if let place = parts.firstIndex(where: { $0.name == name }) {
                parts[place].parameters.append(index)
            } else {
                parts.append((name, [index]))
            }
        }
        for (name, indices) in parts {
            let norm = try gradientNorm(of: indices.map { step.parameters[$0].parameter })
            run.log("gradient_norm/\(name.isEmpty ? "own" : name)", norm, on: .step)
        }
    }

    static let component = Component<any Callback>(
        "GradientNormMonitor", "Logs the length of the gradients before they are clipped.",
        Field("perModule", default: false, "Whether each part of the model has its own.")
    ) { perModule in GradientNormMonitor(perModule: perModule) }
}
