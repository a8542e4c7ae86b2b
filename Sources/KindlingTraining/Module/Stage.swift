// SPDX-License-Identifier: Apache-2.0

/// Which split a batch comes from, and so what is done with it.
public enum Stage: String, Sendable, Hashable, Codable {
    /// Learned from.
    case training
    /// Looked at after each epoch.
    case validation
    /// Looked at in the end.
    case test
    /// Outputs are wanted.
    case prediction

    /// What logged names begin with: nothing in training, `val_`, `test_`.
    public var prefix: String {
        switch self {
        case .training: ""
        case .validation: "val_"
        case .test: "test_"
        case .prediction: "predict_"
        }
    }
}
