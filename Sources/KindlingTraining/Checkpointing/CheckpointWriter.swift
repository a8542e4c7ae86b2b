// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend
internal import KindlingEngine
internal import KindlingIO
internal import KindlingNN
internal import KindlingOptim

/// Writes everything that a run needs to go on into one file: weights where Keras looks for them, the rest under
/// `kindling/`.
///
///     layers/dense/vars/0 …             weights, in Keras' layout
///     kindling/state                    counters, metrics in flight, callbacks: JSON
///     kindling/recipe                   the resolved recipe, when the run came from one
///     kindling/optimizer/<name>/<slot>  the optimizer's state; of several, kindling/optimizers/<optimizer>/…
///     kindling/metrics/<place>          what metrics have seen of an unfinished epoch
///     kindling/gradients/<name>         what the batches of an unfinished step have come to
///     kindling/callbacks/<key>/<name>   tensors of callbacks
struct CheckpointWriter {
    let module: any TrainingModule
    let state: CheckpointState
    /// Tensors under `kindling/`, by their paths below it.
    let tensors: [(path: String, value: Tensor)]
    /// The numbers of metrics' states, by the place of their entry in the state.
    let metrics: [Int: [Double]]
    let recipe: String?

    func write(to path: String) throws {
        try module.checkpointRoot.requireBuilt()
        let file = try HDF5Writer()
        let layout = KerasLayout(module.checkpointRoot)
        for group in layout.groups { try file.makeGroup(group) }
        for entry in layout.entries {
            guard let value = entry.weight.stored else { continue }  // Members that are modules hold no tensor.
            try write(value, at: entry.path, name: entry.name, into: file)
        }
        try file.write(state.encoded(), at: "kindling/state")
        if let recipe { try file.write(recipe, at: "kindling/recipe") }
        for (path, value) in tensors {
            // A name is what comes after the folder that says what it is.
            let name = path.split(separator: "/").dropFirst().joined(separator: "/")
            try write(value, at: "kindling/\(path)", name: name, into: file)
        }
        for (place, numbers) in metrics.sorted(by: { $0.key < $1.key }) {
            let value = try withTensorErrors { Tensor(numbers, on: .cpu) }
            try write(value, at: "kindling/metrics/\(place)", name: state.metrics[place].name, into: file)
        }
        try file.finish().write(to: path)
    }

    private func write(_ value: Tensor, at path: String, name: String, into file: HDF5Writer) throws {
        try value.withBytes { bytes in
            try file.write(
                bytes, dtype: value.dtype, shape: value.shape, attributes: ["kindling_name": name], at: path)
        }
    }
}
