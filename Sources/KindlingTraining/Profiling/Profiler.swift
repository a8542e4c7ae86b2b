// SPDX-License-Identifier: Apache-2.0
public import KindlingDeclarations

/// What a run measures about itself.
///
///     options.profiler = .simple
///
/// In a recipe, `trainer.profiler: simple`; on the command line, `--profiler`.
public enum Profiler: String, Sendable, CaseIterable, FieldChoice {
    /// Hooks, passes, modules and operations: tables in `profile.txt`, all figures in `profile.json`, and what happened
    /// when in `trace.json`, which chrome://tracing and ui.perfetto.dev open.
    ///
    /// The first 100,000 events are kept for the trace; everything is counted. An operation costs about a microsecond
    /// more, and results are the same.
    case simple
}
