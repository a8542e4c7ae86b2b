// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let windows: [OpCase] = transposedConvolutions + samePaddings + poolings + interpolations

    private static let transposedConvolutions: [OpCase] = [
        OpCase("convolvedTransposed 1-D") { $0[0].convolvedTransposed(weight: $0[1], bias: $0[2]) },
        OpCase("convolvedTransposed 1-D strided") {
            $0[0].convolvedTransposed(weight: $0[1], stride: [3], padding: [1], outputPadding: [2])
        },
        OpCase("convolvedTransposed 1-D of one") { $0[0].convolvedTransposed(weight: $0[1], dilation: [2]) },
        OpCase("convolvedTransposed 2-D") {
            $0[0].convolvedTransposed(weight: $0[1], bias: $0[2], stride: [2], padding: [1])
        },
        OpCase("convolvedTransposed 2-D with all") {
            $0[0].convolvedTransposed(
                weight: $0[1], bias: $0[2], stride: [2, 3], padding: [0, 1], outputPadding: [1, 0], dilation: [2, 1],
                groups: 2)
        },
        OpCase("convolvedTransposed 2-D depthwise") { $0[0].convolvedTransposed(weight: $0[1], groups: 3) },
        OpCase("convolvedTransposed 3-D") { $0[0].convolvedTransposed(weight: $0[1], bias: $0[2], stride: [2, 1, 1]) },
        OpCase("convolvedTransposed of nothing") { $0[0].convolvedTransposed(weight: $0[1], stride: [2]) },
    ]

    private static let samePaddings: [OpCase] = [
        OpCase("convolution same 1-D") { $0[0].convolved(weight: $0[1], bias: $0[2], padding: .same) },
        OpCase("convolution same 1-D even") { $0[0].convolved(weight: $0[1], padding: .same) },
        OpCase("convolution same 2-D dilated") {
            $0[0].convolved(weight: $0[1], bias: $0[2], padding: .same, dilation: [1, 3])
        },
        OpCase("convolution same 2-D in groups") { $0[0].convolved(weight: $0[1], padding: .same, groups: 2) },
        OpCase("convolution same 2-D strided") { $0[0].convolved(weight: $0[1], stride: [2, 3], padding: .same) },
        OpCase("convolution same 3-D") { $0[0].convolved(weight: $0[1], padding: .same) },
        OpCase("convolution valid") { $0[0].convolved(weight: $0[1], stride: [2], padding: .valid) },
    ]

    private static let poolings: [OpCase] =
        [[1], [2, 3], [4, 1], [5, 7]].flatMap { size in
            [
                .of("adaptiveAveragePooled 2-D \(size)") { $0.adaptiveAveragePooled(to: size) },
                .of("adaptiveMaxPooled 2-D \(size)") { $0.adaptiveMaxPooled(to: size) },
            ]
        } + [
            .of("adaptiveAveragePooled 1-D") { $0.adaptiveAveragePooled(to: [3]) },
            .of("adaptiveMaxPooled 1-D") { $0.adaptiveMaxPooled(to: [3]) },
            .of("adaptiveAveragePooled 3-D") { $0.adaptiveAveragePooled(to: [2, 1, 2]) },
            .of("adaptiveMaxPooled 3-D") { $0.adaptiveMaxPooled(to: [2, 1, 2]) },
            .of("globalAveragePooled 1-D") { $0.globalAveragePooled() },
            .of("globalAveragePooled 2-D") { $0.globalAveragePooled() },
            .of("globalAveragePooled 2-D kept") { $0.globalAveragePooled(keepDims: true) },
            .of("globalAveragePooled 3-D") { $0.globalAveragePooled() },
            .of("globalAveragePooled of nothing") { $0.globalAveragePooled() },
            .of("globalMaxPooled 1-D") { $0.globalMaxPooled() }, .of("globalMaxPooled 2-D") { $0.globalMaxPooled() },
            .of("globalMaxPooled 2-D kept") { $0.globalMaxPooled(keepDims: true) },
            .of("globalMaxPooled 3-D") { $0.globalMaxPooled() },
            .of("globalMaxPooled of equals", .kinked) { $0.globalMaxPooled() },
            .of("maxPool ceil 1-D") { $0.maxPooled(size: [2], ceilMode: true) },
            .of("maxPool ceil 2-D") { $0.maxPooled(size: [3, 2], stride: [2, 3], padding: [1, 0], ceilMode: true) },
            .of("maxPool ceil padding only") { $0.maxPooled(size: [2], stride: [3], padding: [1], ceilMode: true) },
            .of("maxPool ceil dilated") { $0.maxPooled(size: [2], stride: [2], dilation: [2], ceilMode: true) },
            .of("maxPool ceil 3-D") { $0.maxPooled(size: [2], ceilMode: true) },
        ]

    private static let interpolations: [OpCase] = ["nearest", "linear", "cubic"].flatMap { name -> [OpCase] in
        let mode: InterpolationMode = name == "nearest" ? .nearest : name == "linear" ? .linear : .cubic
        let plain: [OpCase] = [
            .of("interpolated \(name) 2-D") { $0.interpolated(to: [5, 2], mode: mode) },
            .of("interpolated \(name) 2-D of one") { $0.interpolated(to: [3], mode: mode) },
            .of("interpolated \(name) 2-D to one") { $0.interpolated(to: [1, 3], mode: mode) },
            .of("interpolated \(name) 2-D twice") { $0.interpolated(scale: [2], mode: mode) },
            .of("interpolated \(name) 2-D by factors") { $0.interpolated(scale: [1.7, 0.6], mode: mode) },
        ]
        let cornered: [OpCase] = [
            .of("interpolated \(name) aligned") { $0.interpolated(to: [5, 2], mode: mode, alignCorners: true) },
            .of("interpolated \(name) aligned to one") { $0.interpolated(to: [1, 4], mode: mode, alignCorners: true) },
        ]
        let others: [OpCase] = [
            .of("interpolated \(name) 1-D") { $0.interpolated(to: [7], mode: mode) },
            .of("interpolated \(name) 3-D") { $0.interpolated(to: [3, 1, 4], mode: mode) },
        ]
        return plain + (mode == .nearest ? [] : cornered) + (mode == .cubic ? [] : others)
    }
}
