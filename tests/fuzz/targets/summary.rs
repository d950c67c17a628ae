//! Any `SUMMARY.md`, over pages for both audiences.
#![no_main]

use deskbook_fuzz::{SECRET, assert_hidden, build_twice};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|summary: &str| {
    let inside = format!("# {SECRET}\n");
    // a title that the summary itself gives to a page for all is for all
    if summary.to_lowercase().contains(SECRET) {
        return;
    }
    let built = build_twice(&[
        ("content/SUMMARY.md", summary),
        ("content/index.md", "---\naudience: public\n---\n# Home\n"),
        ("content/a.md", "---\naudience: public\n---\n# A\n"),
        ("content/a.ru.md", "# А\n"),
        ("content/part/b.md", "---\naudience: public\n---\n# B\n"),
        ("content/part/inside.md", &inside),
    ]);
    assert_hidden(&built);
});
