// SPDX-License-Identifier: Apache-2.0

/// How a report looks: by day and by night, on a desk and on a phone, on paper.
enum ReportStyle {
    static let css = """
        :root { color-scheme: light dark; --paper: #ffffff; --card: #f6f7f9; --ink: #1b1f24; --dim: #59636e;
          --line: #d8dde3; --training: #1f6feb; --validation: #bc4c00; --rate: #6639ba; --good: #1a7f37;
          --bad: #cf222e; --heat: 31, 111, 235; }
        @media (prefers-color-scheme: dark) { :root { --paper: #0d1117; --card: #161b22; --ink: #e6edf3; --dim: #9198a1;
          --line: #30363d; --training: #58a6ff; --validation: #f0883e; --rate: #bc8cff; --good: #3fb950;
          --bad: #f85149; --heat: 88, 166, 255; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 2.2rem 0 .7rem; }
        header p { margin: .4rem 0; color: var(--dim); overflow-wrap: anywhere; }
        .badge { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; border: 1px solid currentColor;
          color: var(--good); overflow-wrap: anywhere; }
        .badge.interrupted { color: var(--validation); } .badge.failed { color: var(--bad); }
        .grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); }
        figure { margin: 0; padding: .8rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
          min-width: 0; }
        figcaption { overflow-wrap: anywhere; color: var(--dim); } figcaption strong { color: var(--ink); }
        figcaption span { margin-left: .6rem; white-space: nowrap; }
        figcaption span.training::before, figcaption span.validation::before, figcaption span.rate::before {
          content: ""; display: inline-block; width: .9em; height: .2em; margin-right: .35em; vertical-align: .25em;
          background: currentColor; }
        .training { color: var(--training); } .validation { color: var(--validation); } .rate { color: var(--rate); }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: var(--dim); font-size: 13px; } svg line { stroke: var(--line); }
        svg polyline { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
        svg circle { fill: currentColor; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: .3rem .8rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
        tbody th, thead th:first-child { text-align: left; font-weight: 500; }
        thead th { color: var(--dim); font-weight: 500; }
        th, td { white-space: nowrap; }
        .facts td, .predictions td, .predictions th { text-align: left; }
        .facts td { white-space: normal; overflow-wrap: anywhere; }
        .matrix table { table-layout: auto; } .matrix td { text-align: center; min-width: 3rem; border: 1px solid var(--paper); }
        .matrix td { background: rgba(var(--heat), var(--share, 0)); } .matrix td.right { outline: 2px solid var(--line); }
        img { max-width: 100%; height: auto; image-rendering: pixelated; background: #ffffff; }
        pre { margin: 0; padding: .9rem; overflow-x: auto; background: var(--card); border: 1px solid var(--line);
          border-radius: .5rem; font: 13px/1.45 ui-monospace, monospace; }
        @media print { .grid { grid-template-columns: 1fr 1fr; } figure, tr { break-inside: avoid; } }
        """
}
