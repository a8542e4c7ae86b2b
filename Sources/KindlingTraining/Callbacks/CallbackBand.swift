// SPDX-License-Identifier: Apache-2.0

/// When a callback's turn is among others at the same hook; within a band the order of the list holds.
public enum CallbackBand: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// First: what must see a batch or a gradient before others use it, such as a watch for NaN.
    case guarding
    /// What measures and logs, so that others find the figures.
    case measuring
    /// What decides by figures: early stopping, changes of learning rate.
    case deciding
    /// What saves, when all others have done what is to be saved.
    case saving
    /// Last: what tells people.
    case reporting

    /// By turn.
    public static func < (left: CallbackBand, right: CallbackBand) -> Bool { left.rawValue < right.rawValue }
}
