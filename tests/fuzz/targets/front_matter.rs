//! Any front matter, of a page and of the folder around it.
#![no_main]

use deskbook_fuzz::{SECRET, assert_hidden, build_twice};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|yaml: &str| {
    if yaml.to_lowercase().contains(SECRET) {
        return;
    }
    let page = format!("---\n{yaml}\n---\n# Page\n\ntext\n");
    let folder = format!("---\naudience: staff\n{yaml}\n---\n# Folder\n");
    let inside = format!("# {SECRET}\n\n![{SECRET}](picture.png)\n");
    let built = build_twice(&[
        ("content/index.md", "---\naudience: public\n---\n# Home\n\n[page](page.md)\n"),
        ("content/page.md", &page),
        ("content/page.ru.md", "# Страница\n"),
        ("content/folder/index.md", &folder),
        ("content/folder/inside.md", &inside),
        ("content/folder/picture.png", SECRET),
    ]);
    assert_hidden(&built);
});
