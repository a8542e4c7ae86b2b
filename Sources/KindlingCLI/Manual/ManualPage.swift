// SPDX-License-Identifier: Apache-2.0

/// The manual page in the macros of man(7), made of what the verbs say of themselves.
struct ManualPage {
    let text: String

    /// - Parameter help: the argument parser's description of all commands, as JSON.
    init(help: String, version: String) throws {
        let root = try JSON(reading: help)["command"] ?? .null
        let name = root["commandName"]?.string ?? "kindling"
        var out =
            ".TH \(ManualPage.escaped(name.uppercased())) 1 \"\" \"\(ManualPage.escaped("\(name) \(version)"))\"\n"
        out += ".SH NAME\n\(ManualPage.escaped(name)) \\- \(ManualPage.sentence(root["abstract"]))\n"
        out += ".SH SYNOPSIS\n.B \(ManualPage.escaped(name))\n.I verb\n[arguments]\n"
        out += ".SH DESCRIPTION\n" + ManualPage.paragraphs(root["discussion"])
        out += ".SH VERBS\n"
        for command in ManualPage.shown(root["subcommands"]) { out += ManualPage.section(command, name) }
        text = out
    }

    private static func section(_ command: JSON, _ parent: String) -> String {
        let name = "\(parent) \(command["commandName"]?.string ?? "")"
        let arguments = shown(command["arguments"])
        var out = ".SS \(escaped(name))\n\(sentence(command["abstract"]))\n"
        let usage = arguments.map { argument -> String in
            let isOptional = argument["isOptional"]?.isTrue ?? false
            let text = spelt(argument) + (argument["isRepeating"]?.isTrue ?? false ? " …" : "")
            return isOptional ? "[\(text)]" : text
        }
        if !arguments.isEmpty { out += ".P\n\(escaped(([name] + usage).joined(separator: " ")))\n" }
        out += paragraphs(command["discussion"])
        for argument in arguments {
            out += ".TP\n\\fB\(escaped(spelt(argument, all: true)))\\fR\n"
            let parts = [argument["abstract"], argument["discussion"]].compactMap { $0?.string }.filter { !$0.isEmpty }
            let fallback = argument["defaultValue"]?.string.map { " (default: \($0))" } ?? ""
            out += escaped(parts.joined(separator: " ") + fallback) + "\n"
        }
        for inner in shown(command["subcommands"]) { out += section(inner, name) }
        return out
    }

    /// What is no secret; the parser's own help verb is none of ours.
    private static func shown(_ list: JSON?) -> [JSON] {
        (list?.items ?? []).filter { item in
            item["shouldDisplay"]?.isTrue ?? true && item["commandName"]?.string != "help"
        }
    }

    /// `<recipe>`, `--run-dir <run-dir>`, `--quiet`.
    private static func spelt(_ argument: JSON, all: Bool = false) -> String {
        let value = "<\(argument["valueName"]?.string ?? "value")>"
        let names = (argument["names"]?.items ?? []).compactMap { name -> String? in
            guard let text = name["name"]?.string else { return nil }
            return name["kind"]?.string == "long" ? "--\(text)" : "-\(text)"
        }
        guard argument["kind"]?.string != "positional", !names.isEmpty else { return value }
        let shown = all ? names.joined(separator: ", ") : names.last { $0.hasPrefix("--") } ?? names[0]
        return argument["kind"]?.string == "option" ? "\(shown) \(value)" : shown
    }

    private static func sentence(_ text: JSON?) -> String { escaped(text?.string ?? "") }

    /// Examples line by line, everything else as it flows.
    private static func paragraphs(_ text: JSON?) -> String {
        var out = ""
        for paragraph in (text?.string ?? "").split(separator: "\n\n") {
            let lines = paragraph.split(separator: "\n").map { escaped(String($0)) }
            let isExample = paragraph.hasPrefix("kindling ") || paragraph.hasPrefix("echo ")
            out +=
                isExample
                ? ".P\n.nf\n\(lines.joined(separator: "\n"))\n.fi\n" : ".P\n\(lines.joined(separator: "\n"))\n"
        }
        return out
    }

    /// Text in which nothing is a command to roff.
    static func escaped(_ text: String) -> String {
        let inner = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("…", with: "...")
        return inner.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix(".") || line.hasPrefix("'") ? "\\&\(line)" : String(line)
        }.joined(separator: "\n")
    }
}
