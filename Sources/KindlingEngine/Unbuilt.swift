// SPDX-License-Identifier: Apache-2.0
internal import KindlingBackend

/// The mistake of using what has no shape yet.
let notBuilt = TensorError(
    .notBuilt, operation: "parameter", "not built: its shape waits for the first input",
    remedy: "call build(inputShape:) on the model, or give it an input, before its weights are used")
