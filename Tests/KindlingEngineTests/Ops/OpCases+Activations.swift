// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let activations: [OpCase] =
        [
            shapes("relu6") { $0.relu6() }, shapes("reluSquared") { $0.reluSquared() }, shapes("selu") { $0.selu() },
            shapes("celu") { $0.celu() }, shapes("celu 0.7") { $0.celu(alpha: 0.7) },
            shapes("quickGELU") { $0.quickGELU() }, shapes("mish") { $0.mish() },
            shapes("hardSwish") { $0.hardSwish() }, shapes("hardSigmoid") { $0.hardSigmoid() },
            shapes("hardTanh") { $0.hardTanh() }, shapes("hardTanh of a range") { $0.hardTanh(-0.8...2) },
            shapes("softsign") { $0.softsign() }, shapes("tanhShrink") { $0.tanhShrink() },
            shapes("hardShrink") { $0.hardShrink() }, shapes("hardShrink 0.9") { $0.hardShrink(threshold: 0.9) },
            shapes("softShrink") { $0.softShrink() }, shapes("softShrink 0.9") { $0.softShrink(threshold: 0.9) },
            shapes("thresholded") { $0.thresholded(at: 0.5, else: -3.5) }, shapes("rrelu") { $0.rrelu() },
            shapes("rrelu of a range") { $0.rrelu(slopes: 0.1...0.5) }, shapes("squareplus") { $0.squareplus() },
            shapes("squareplus 0.5") { $0.squareplus(bend: 0.5) }, shapes("sparsePlus") { $0.sparsePlus() },
            shapes("sparseSigmoid") { $0.sparseSigmoid() }, shapes("softplus 2") { $0.softplus(beta: 2) },
            shapes("softplus 2 up to 3") { $0.softplus(beta: 2, threshold: 3) },
        ].flatMap(\.self) + activationsAtKinks + gates + normalized

    private static let activationsAtKinks: [OpCase] = [
        .of("relu6 at its kinks", .kinked) { $0.relu6() },
        .of("hardSigmoid at its kinks", .kinked) { $0.hardSigmoid() },
        .of("hardTanh at its kinks", .kinked) { $0.hardTanh() },
        .of("hardShrink at its kinks", .kinked) { $0.hardShrink(threshold: 1) },
        .of("softShrink at its kinks", .kinked) { $0.softShrink(threshold: 1) },
        .of("thresholded at its kink", .kinked) { $0.thresholded(at: 1, else: -2) },
        .of("softsign at its bend", .kinked) { $0.softsign() }, .of("selu at its kink", .kinked) { $0.selu() },
        .of("elu at its kink", .kinked) { $0.elu(alpha: 0.5) },
        .of("celu at its kink", .kinked) { $0.celu() },
        .of("softplus of large numbers", .kinked) { $0.softplus(beta: 3) },
        .of("relu6 of integers", .none) { $0.relu6() }, .of("reluSquared of integers", .none) { $0.reluSquared() },
        .of("softsign of integers", .none) { $0.softsign() },
    ]

    private static let normalized: [OpCase] = [
        .of("softmin") { $0.softmin() }, .of("softmin 0") { $0.softmin(over: 0) },
        .of("softmin 1") { $0.softmin(over: 1) }, .of("softmin of one") { $0.softmin() },
        .of("softmin of nothing") { $0.softmin() },
    ]

    private static let gates: [OpCase] =
        [
            "shared", "of channels", "of pictures", "shared by pictures", "of a vector", "of nothing", "of one channel",
            "of one number",
        ].map { sizes in OpCase("prelu \(sizes)") { $0[0].prelu(slope: $0[1]) } } + [
            OpCase("prelu along the last") { $0[0].prelu(slope: $0[1], along: -1) },
            .of("glu") { $0.glu() }, .of("glu 0") { $0.glu(along: 0) }, .of("glu 1") { $0.glu(along: 1) },
            .of("glu of two") { $0.glu() }, .of("glu of nothing") { $0.glu() }, .of("glu of no gate") { $0.glu() },
        ]
}
