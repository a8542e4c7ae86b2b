// SPDX-License-Identifier: Apache-2.0
internal import KindlingCLI

await KindlingCommand.main()
