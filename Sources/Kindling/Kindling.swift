// SPDX-License-Identifier: Apache-2.0

// What users import: every storey that they name types of, and nothing of its own.
@_exported public import KindlingBackend
@_exported public import KindlingData
@_exported public import KindlingDeclarations
@_exported public import KindlingEngine
@_exported public import KindlingIO
@_exported public import KindlingMetrics
@_exported public import KindlingNN
@_exported public import KindlingOptim
@_exported public import KindlingRecipes
@_exported public import KindlingTraining
