//! Folders that tests build in, and what is in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub fn temporary() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Every file below a folder, by path; none where there is no folder.
pub fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(root).into_iter().flatten().filter(|entry| !entry.file_type().is_dir());
    let named = entries.map(|entry| {
        let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        (path, fs::read(entry.path()).unwrap())
    });
    named.collect()
}
