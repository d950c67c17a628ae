//! A block for staff, written well or with a slip, at any line of any text: the public edition does not show it.
#![no_main]

use deskbook_fuzz::{SECRET, assert_hidden, build};
use libfuzzer_sys::fuzz_target;

const OPENINGS: &[&str] = &[
    ":::only staff",
    "::: only staff",
    "::::only staff",
    ":::Only staff",
    ":::only",
    ":::only stuff",
    "::only staff",
    ": only staff",
    "::olny staff",
    "：：：only staff",
    "\u{200b}:::only staff",
    "\\:::only staff",
    ":::staff",
];

const CLOSINGS: &[&str] = &[":::", "::::", "::", "", " :::", "> :::"];

const INSIDE: &[&str] = &["{}", "## {}", "[x]: https://example.com/{}", "[^n]: {}", "- [x] {}", "Answer: {}", "a [[{}]] b"];

fuzz_target!(|input: (u8, u8, u8, u8, bool, &str)| {
    let (at, opening, closing, inside, nested, text) = input;
    // in fenced code a container line is text: whoever writes about containers needs it
    if ["```", "~~~"].iter().any(|fence| text.contains(fence)) || text.to_lowercase().contains(SECRET) {
        return;
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (before, after) = lines.split_at(at as usize % (lines.len() + 1));
    let prefix = if nested { after.first().map_or("", |line| prefix_of(line)) } else { "" };
    let inside = INSIDE[inside as usize % INSIDE.len()].replace("{}", SECRET);
    let opening = OPENINGS[opening as usize % OPENINGS.len()];
    let closing = CLOSINGS[closing as usize % CLOSINGS.len()];
    let before = before.concat();
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let block = format!("{gap}{prefix}{opening}\n{prefix}{inside}\n{prefix}{closing}\n");
    let page = format!("---\naudience: public\n---\n{before}{block}{}", after.concat());
    let built = build(&[
        ("content/index.md", "---\naudience: public\n---\n# Home\n"),
        ("content/page.md", &page),
    ]);
    assert_hidden(&built);
});

/// What lists and quotes put before a line.
fn prefix_of(line: &str) -> &str {
    let end = line.find(|letter: char| !" \t>".contains(letter)).unwrap_or(0);
    &line[..end]
}
