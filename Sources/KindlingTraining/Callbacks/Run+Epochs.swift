// SPDX-License-Identifier: Apache-2.0

extension RunControl {
    /// Optimizer steps of a training epoch; the last may be of fewer batches.
    var stepsPerEpoch: Int { (batchesPerEpoch + accumulation - 1) / max(1, accumulation) }

    /// How many epochs the run will have, as far as its limit tells; nil when it does not.
    var totalEpochs: Int? {
        let (steps, perEpoch) = (totalSteps, stepsPerEpoch)
        guard perEpoch > 0, steps < .max / 2 else { return nil }  // A limit in time says nothing about epochs.
        return (steps + perEpoch - 1) / perEpoch
    }
}
