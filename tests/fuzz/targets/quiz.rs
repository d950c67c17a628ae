//! Any text inside of a quiz and of a scenario.
#![no_main]

use deskbook_fuzz::build_twice;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let quiz = format!("---\naudience: public\n---\n:::::quiz\n{text}\n:::::\n");
    let scenario = format!("---\naudience: public\n---\n:::::scenario\n{text}\n:::::\n");
    build_twice(&[
        ("content/index.md", "---\naudience: public\n---\n# Home\n"),
        ("content/quiz.md", &quiz),
        ("content/scenario.md", &scenario),
    ]);
});
