// SPDX-License-Identifier: Apache-2.0

// What tests of Kindling and of things made with it lean on. Everything here throws what it found, with its place, so
// that it serves Swift Testing, XCTest and a plain program alike.
