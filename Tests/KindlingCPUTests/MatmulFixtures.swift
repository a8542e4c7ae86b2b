// SPDX-License-Identifier: Apache-2.0
// Made by Fixtures/matrices_and_pictures.py with PyTorch in double precision.
import KindlingBackend

extension MatmulCase {
    static let all: [MatmulCase] = [
        MatmulCase(
            left: [2, 3], right: [3, 4], bias: false, relu: false, shape: [2, 4],
            expected: [
                -1.9375,
                -6.3125, 4.75, -3.1875, -2.9375, -4.6875, 4.25, -3.4375,
            ]),
        MatmulCase(
            left: [2, 3], right: [3, 4], bias: false, relu: true, shape: [2, 4],
            expected: [
                0, 0, 4.75, 0, 0,
                0, 4.25, 0,
            ]),
        MatmulCase(
            left: [2, 3], right: [3, 4], bias: true, relu: false, shape: [2, 4],
            expected: [
                -0.4375, -7.8125,
                5, -1.1875, -1.4375, -6.1875, 4.5, -1.4375,
            ]),
        MatmulCase(
            left: [2, 3], right: [3, 4], bias: true, relu: true, shape: [2, 4],
            expected: [
                0, 0, 5, 0, 0, 0,
                4.5, 0,
            ]),
        MatmulCase(left: [1, 5], right: [5, 1], bias: false, relu: false, shape: [1, 1], expected: [0.3125]),
        MatmulCase(left: [1, 5], right: [5, 1], bias: false, relu: true, shape: [1, 1], expected: [0.3125]),
        MatmulCase(left: [1, 5], right: [5, 1], bias: true, relu: false, shape: [1, 1], expected: [1.8125]),
        MatmulCase(left: [1, 5], right: [5, 1], bias: true, relu: true, shape: [1, 1], expected: [1.8125]),
        MatmulCase(
            left: [2, 2, 3], right: [2, 3, 4], bias: false, relu: false, shape: [2, 2, 4],
            expected: [
                -1.9375, -6.3125, 4.75, -3.1875, -2.9375, -4.6875, 4.25, -3.4375, -2.9375, 3.875, -3.5625,
                3.25, -0.9375, 3.75, -3.4375, 1.25,
            ]),
        MatmulCase(
            left: [2, 2, 3], right: [2, 3, 4], bias: true, relu: true, shape: [2, 2, 4],
            expected: [
                0, 0, 5,
                0, 0, 0, 4.5, 0, 0, 2.375, 0, 5.25, 0.5625, 2.25, 0, 3.25,
            ]),
        MatmulCase(
            left: [2, 1, 5], right: [2, 5, 1], bias: false, relu: false, shape: [2, 1, 1],
            expected: [
                0.3125,
                -1.3125,
            ]),
        MatmulCase(
            left: [2, 1, 5], right: [2, 5, 1], bias: true, relu: true, shape: [2, 1, 1],
            expected: [
                1.8125,
                0.1875,
            ]),
        MatmulCase(
            left: [3, 1, 2, 3], right: [1, 2, 3, 4], bias: false, relu: false, shape: [3, 2, 2, 4],
            expected: [
                -1.9375, -6.3125, 4.75, -3.1875, -2.9375, -4.6875, 4.25, -3.4375, -6.9375, 4.125, -3.8125,
                7.25, -4.9375, 4, -3.6875, 5.25, -3.9375, -3.0625, 3.75, -3.6875, -4.9375, -1.4375, 3.25, -3.9375,
                -2.9375, 3.875, -3.5625, 3.25, -0.9375, 3.75, -3.4375, 1.25, 4.75, 2.5625, -3.1875, 4.125, 3.75, 4.1875,
                -3.6875, 3.875, 2.25, -3.5, 3.8125, -1.9375, 4.25, -3.625, 3.9375, -3.9375,
            ]),
        MatmulCase(
            left: [3, 1, 2, 3], right: [1, 2, 3, 4], bias: true, relu: true, shape: [3, 2, 2, 4],
            expected: [
                0, 0, 5, 0, 0, 0, 4.5, 0, 0, 2.625, 0, 9.25, 0, 2.5, 0, 7.25, 0, 0, 4, 0, 0, 0, 3.5, 0, 0,
                2.375, 0, 5.25, 0.5625, 2.25, 0, 3.25, 6.25, 1.0625, 0, 6.125, 5.25, 2.6875, 0, 5.875, 3.75, 0, 4.0625,
                0.0625, 5.75, 0, 4.1875, 0,
            ]),
        MatmulCase(
            left: [3, 1, 1, 5], right: [1, 2, 5, 1], bias: false, relu: false, shape: [3, 2, 1, 1],
            expected: [0.3125, 7.5625, -4.25, -1.3125, -2.875, -4.25]),
        MatmulCase(
            left: [3, 1, 1, 5], right: [1, 2, 5, 1], bias: true, relu: true, shape: [3, 2, 1, 1],
            expected: [1.8125, 9.0625, 0, 0.1875, 0, 0]),
        MatmulCase(
            left: [3, 2, 3], right: [3, 4], bias: false, relu: false, shape: [3, 2, 4],
            expected: [
                -1.9375,
                -6.3125, 4.75, -3.1875, -2.9375, -4.6875, 4.25, -3.4375, -3.9375, -3.0625, 3.75, -3.6875, -4.9375,
                -1.4375, 3.25, -3.9375, 4.75, 2.5625, -3.1875, 4.125, 3.75, 4.1875, -3.6875, 3.875,
            ]),
        MatmulCase(
            left: [3, 2, 3], right: [3, 4], bias: true, relu: true, shape: [3, 2, 4],
            expected: [
                0, 0, 5, 0,
                0, 0, 4.5, 0, 0, 0, 4, 0, 0, 0, 3.5, 0, 6.25, 1.0625, 0, 6.125, 5.25, 2.6875, 0, 5.875,
            ]),
        MatmulCase(
            left: [3, 1, 5], right: [5, 1], bias: false, relu: false, shape: [3, 1, 1],
            expected: [
                0.3125,
                -4.25, -2.875,
            ]),
        MatmulCase(
            left: [3, 1, 5], right: [5, 1], bias: true, relu: true, shape: [3, 1, 1],
            expected: [
                1.8125, 0,
                0,
            ]),
    ]
}
