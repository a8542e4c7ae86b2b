// SPDX-License-Identifier: Apache-2.0
import KindlingBackend
import KindlingEngine

extension OpCase {
    static let attention: [OpCase] = attentions + embeddings + positions

    private static func attend(
        _ name: String, _ smoothness: Smoothness = .smooth, causal: Bool = false, scale: Double? = nil
    ) -> OpCase {
        OpCase(name, smoothness) {
            $0[0].scaledDotProductAttention(
                key: $0[1], value: $0[2], mask: $0.count > 3 ? $0[3] : nil, causal: causal, scale: scale)
        }
    }

    private static func dropped(_ name: String, _ probability: Double) -> OpCase {
        OpCase(name) {
            var stream = RandomStream(seed: 3)
            return $0[0].scaledDotProductAttention(key: $0[1], value: $0[2], dropout: probability, from: &stream)
        }
    }

    private static let attentions: [OpCase] = [
        attend("attention"), attend("attention of one"), attend("attention of other lengths"),
        attend("attention scaled", scale: 0.3), attend("attention causal", causal: true),
        attend("attention causal longer", causal: true), attend("attention masked"),
        attend("attention masked by batch"), attend("attention biased"), attend("attention biased for all"),
        attend("attention masked with nothing left"),
        OpCase("attention biased with nothing left") {
            let never = -Double.infinity
            let mask = Tensor([[never, never, never], [0.5, never, -1]], dtype: $0[0].dtype)
            return $0[0].scaledDotProductAttention(key: $0[1], value: $0[2], mask: mask)
        },
        attend("attention causal and masked", causal: true), attend("attention causal and biased", causal: true),
        attend("attention grouped"), attend("attention of one key head"), attend("attention grouped, masked"),
        attend("attention of no queries"), attend("attention to no keys"), dropped("attention never dropped", 0),
        dropped("attention always dropped", 1),
    ]

    private static let embeddings: [OpCase] = [
        OpCase("embedding") { $0[0].embedding($0[1]) }, OpCase("embedding int32") { $0[0].embedding($0[1]) },
        OpCase("embedding of a number") { $0[0].embedding($0[1]) },
        OpCase("embedding of nothing") { $0[0].embedding($0[1]) },
        OpCase("embedding padded", .kinked) { $0[0].embedding($0[1], paddingIndex: 1) },
        OpCase("embedding padded last", .kinked) { $0[0].embedding($0[1], paddingIndex: -1) },
    ]

    private static let positions: [OpCase] =
        [(3, 4), (4, 3), (1, 1), (2, 6)].map { count, width in
            .of("sinusoidalPositions \(count) \(width)") {
                $0 + .sinusoidalPositions(count: count, width: width, dtype: $0.dtype)
            }
        } + [
            .of("sinusoidalPositions base") { $0 + .sinusoidalPositions(count: 5, width: 4, base: 10, dtype: $0.dtype) }
        ]
        + [false, true].flatMap { interleaved -> [OpCase] in
            let tag = interleaved ? " interleaved" : ""
            return [
                .of("rotary\(tag)") { $0.rotary(interleaved: interleaved) },
                .of("rotary\(tag) of a matrix") { $0.rotary(base: 10, interleaved: interleaved) },
                OpCase("rotary\(tag) at positions") { $0[0].rotary(positions: $0[1], interleaved: interleaved) },
                OpCase("rotary\(tag) by batch") { $0[0].rotary(positions: $0[1], interleaved: interleaved) },
                .of("rotary\(tag) of nothing") { $0.rotary(interleaved: interleaved) },
            ]
        }
}
