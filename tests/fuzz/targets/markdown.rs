//! Any text of a page: containers, HTML, links, headings.
#![no_main]

use deskbook_fuzz::build_twice;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    build_twice(&[
        ("content/index.md", "---\naudience: public\n---\n# Home\n\n## Part {#part}\n"),
        ("content/faq/index.md", "---\naudience: public\nkind: faq\n---\n# FAQ\n"),
        ("content/faq/page.md", text),
        ("content/faq/picture.png", "picture"),
        ("content/faq/picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"),
    ]);
});
