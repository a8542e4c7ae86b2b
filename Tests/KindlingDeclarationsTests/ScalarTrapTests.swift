// SPDX-License-Identifier: Apache-2.0
import KindlingDeclarations
import Testing

/// A scalar as it stands in a recipe, and what each type of field makes of it: the value, or the message.
struct ScalarCase: Sendable, CustomTestStringConvertible {
    let text: String
    let quoted: Bool
    let int: String
    let double: String
    let bool: String

    init(_ text: String, quoted: Bool = false, int: String, double: String, bool: String) {
        self.text = text
        self.quoted = quoted
        self.int = int
        self.double = double
        self.bool = bool
    }

    var testDescription: String { quoted ? "\"\(text)\"" : text }
}

private let notWhole = "expected a whole number, found "
private let notNumber = "expected a number, found "
private let notBool = "expected true or false, found "

private let cases: [ScalarCase] = [
    ScalarCase("42", int: "42", double: "42.0", bool: notBool + "'42'"),
    ScalarCase("-7", int: "-7", double: "-7.0", bool: notBool + "'-7'"),
    ScalarCase("+7", int: "7", double: "7.0", bool: notBool + "'+7'"),
    ScalarCase("0", int: "0", double: "0.0", bool: notBool + "'0'; did you mean 'false'?"),
    ScalarCase("1", int: "1", double: "1.0", bool: notBool + "'1'; did you mean 'true'?"),
    ScalarCase(
        "010", int: notWhole + "'010'; a leading 0 could mean octal: write 10",
        double: notNumber + "'010'; a leading 0 could mean octal: write 10", bool: notBool + "'010'"),
    ScalarCase(
        "-010", int: notWhole + "'-010'; a leading 0 could mean octal: write -10",
        double: notNumber + "'-010'; a leading 0 could mean octal: write -10", bool: notBool + "'-010'"),
    ScalarCase("1_000", int: "1000", double: "1000.0", bool: notBool + "'1_000'"),
    ScalarCase("1__0", int: notWhole + "'1__0'", double: notNumber + "'1__0'", bool: notBool + "'1__0'"),
    ScalarCase("_1", int: notWhole + "'_1'", double: notNumber + "'_1'", bool: notBool + "'_1'"),
    ScalarCase("1_", int: notWhole + "'1_'", double: notNumber + "'1_'", bool: notBool + "'1_'"),
    ScalarCase(
        "0x1F", int: notWhole + "'0x1F'; write it in decimal", double: notNumber + "'0x1F'; write it in decimal",
        bool: notBool + "'0x1F'"),
    ScalarCase(
        "0o17", int: notWhole + "'0o17'; write it in decimal", double: notNumber + "'0o17'; write it in decimal",
        bool: notBool + "'0o17'"),
    ScalarCase("1e-3", int: notWhole + "'1e-3'", double: "0.001", bool: notBool + "'1e-3'"),
    ScalarCase("1E+3", int: notWhole + "'1E+3'; write 1000", double: "1000.0", bool: notBool + "'1E+3'"),
    ScalarCase("10.0", int: notWhole + "'10.0'; write 10", double: "10.0", bool: notBool + "'10.0'"),
    ScalarCase(".5", int: notWhole + "'.5'", double: "0.5", bool: notBool + "'.5'"),
    ScalarCase("5.", int: notWhole + "'5.'; write 5", double: "5.0", bool: notBool + "'5.'"),
    ScalarCase("0.5", int: notWhole + "'0.5'", double: "0.5", bool: notBool + "'0.5'"),
    ScalarCase(".", int: notWhole + "'.'", double: notNumber + "'.'", bool: notBool + "'.'"),
    ScalarCase("e5", int: notWhole + "'e5'", double: notNumber + "'e5'", bool: notBool + "'e5'"),
    ScalarCase(".inf", int: notWhole + "'.inf'", double: "inf", bool: notBool + "'.inf'"),
    ScalarCase("-.inf", int: notWhole + "'-.inf'", double: "-inf", bool: notBool + "'-.inf'"),
    ScalarCase("inf", int: notWhole + "'inf'", double: notNumber + "'inf'; write .inf", bool: notBool + "'inf'"),
    ScalarCase(
        ".nan", int: notWhole + "'.nan'; not-a-number cannot be asked for",
        double: notNumber + "'.nan'; not-a-number cannot be asked for", bool: notBool + "'.nan'"),
    ScalarCase(
        "nan", int: notWhole + "'nan'; not-a-number cannot be asked for",
        double: notNumber + "'nan'; not-a-number cannot be asked for", bool: notBool + "'nan'"),
    ScalarCase(
        "1e400", int: notWhole + "'1e400'", double: notNumber + "'1e400'; it is too large", bool: notBool + "'1e400'"),
    ScalarCase(
        "1e-400", int: notWhole + "'1e-400'", double: notNumber + "'1e-400'; it is too small",
        bool: notBool + "'1e-400'"),
    ScalarCase("0e0", int: notWhole + "'0e0'; write 0", double: "0.0", bool: notBool + "'0e0'"),
    ScalarCase(
        "9223372036854775808", int: notWhole + "'9223372036854775808'; the largest is 9223372036854775807",
        double: "9.223372036854776e+18", bool: notBool + "'9223372036854775808'"),
    ScalarCase(
        "1,5", int: notWhole + "'1,5'; write the decimal point as '.'",
        double: notNumber + "'1,5'; write the decimal point as '.'", bool: notBool + "'1,5'"),
    ScalarCase("1:30", int: notWhole + "'1:30'", double: notNumber + "'1:30'", bool: notBool + "'1:30'"),
    ScalarCase("٣", int: notWhole + "'٣'", double: notNumber + "'٣'", bool: notBool + "'٣'"),
    ScalarCase("true", int: notWhole + "'true'", double: notNumber + "'true'", bool: "true"),
    ScalarCase("FALSE", int: notWhole + "'FALSE'", double: notNumber + "'FALSE'", bool: "false"),
    ScalarCase(
        "yes", int: notWhole + "'yes'", double: notNumber + "'yes'", bool: notBool + "'yes'; did you mean 'true'?"),
    ScalarCase("no", int: notWhole + "'no'", double: notNumber + "'no'", bool: notBool + "'no'; did you mean 'false'?"),
    ScalarCase("on", int: notWhole + "'on'", double: notNumber + "'on'", bool: notBool + "'on'; did you mean 'true'?"),
    ScalarCase(
        "off", int: notWhole + "'off'", double: notNumber + "'off'", bool: notBool + "'off'; did you mean 'false'?"),
    ScalarCase(
        "ture", int: notWhole + "'ture'", double: notNumber + "'ture'", bool: notBool + "'ture'; did you mean 'true'?"),
    ScalarCase(
        "10", quoted: true, int: notWhole + "the string \"10\"; remove the quotes",
        double: notNumber + "the string \"10\"; remove the quotes", bool: notBool + "the string \"10\""),
    ScalarCase(
        "true", quoted: true, int: notWhole + "the string \"true\"", double: notNumber + "the string \"true\"",
        bool: notBool + "the string \"true\"; remove the quotes"),
    ScalarCase(
        "", quoted: true, int: notWhole + "the string \"\"", double: notNumber + "the string \"\"",
        bool: notBool + "the string \"\""),
]

@Suite struct ScalarTrapTests {
    @Test(arguments: cases)
    func eachTypeReadsAScalarAsDeclared(_ row: ScalarCase) {
        let value = DeclaredValue(.scalar(row.text, quoted: row.quoted), at: .builtIn)
        #expect(outcome(Int.self, value) == row.int)
        #expect(outcome(Double.self, value) == row.double)
        #expect(outcome(Bool.self, value) == row.bool)
        #expect(outcome(String.self, value) == row.text)
    }

    @Test func nothingIsNoValueOfAnyTypeButAnOptional() {
        let nothing = DeclaredValue(.null, at: .builtIn)
        #expect(outcome(Int.self, nothing) == "expected a whole number, found nothing")
        #expect(outcome(Double.self, nothing) == "expected a number, found nothing")
        #expect(outcome(Bool.self, nothing) == "expected true or false, found nothing")
        #expect(outcome(String.self, nothing) == "expected text, found nothing")
        #expect(Int?.read(nothing, RecipeReader()) == .some(.none))
    }

    @Test func choicesAreReadWithAndWithoutQuotes() {
        for quoted in [false, true] {
            let value = DeclaredValue(.scalar("bf16_mixed", quoted: quoted), at: .builtIn)
            #expect(Choice.read(value, RecipeReader()) == .bf16Mixed)
        }
        let wrong = DeclaredValue(.scalar("bf16-mixed", quoted: false), at: .builtIn)
        #expect(
            outcome(Choice.self, wrong)
                == "expected one of off, bf16_mixed, found 'bf16-mixed'; did you mean 'bf16_mixed'?")
        let off = DeclaredValue(.scalar("off", quoted: false), at: .builtIn)
        #expect(Choice.read(off, RecipeReader()) == .off)
    }

    @Test func everyWrongElementOfAListIsReported() {
        let items = ["1", "x", "2", "y"].map { DeclaredValue(.scalar($0, quoted: false), at: .builtIn) }
        let reader = RecipeReader()
        #expect([Int].read(DeclaredValue(.sequence(items), at: .builtIn), reader) == nil)
        #expect(reader.problems.map(\.message) == [notWhole + "'x'", notWhole + "'y'"])
    }

    private enum Choice: String, FieldChoice { case off, bf16Mixed }

    private func outcome<Value: FieldValue>(_ type: Value.Type, _ value: DeclaredValue) -> String {
        let reader = RecipeReader()
        if let result = Value.read(value, reader) { return reader.problems.isEmpty ? "\(result)" : "value and problem" }
        return reader.problems.map(\.message).joined(separator: "\n")
    }
}
