//! The guide in `docs` tells the truth: it builds without a complaint, its examples do what it says of them, and its
//! references name everything that the program knows and nothing else. `UPDATE=1` rewrites what the program says.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests read the guide, and write its examples to run the program on them"
)]

#[path = "guide/book.rs"]
mod book;
#[path = "guide/commands.rs"]
mod commands;
#[path = "guide/examples.rs"]
mod examples;
#[path = "guide/findings.rs"]
mod findings;
#[path = "guide/page.rs"]
mod page;
#[path = "guide/references.rs"]
mod references;

use std::path::{Path, PathBuf};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}
