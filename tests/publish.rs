//! An edition is published all or nothing, and nothing of anybody else's is touched.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests look at what was written")]

use deskbook::publish::{Failure, Published, open, publish};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;
use std::time::Duration;
use trees::{temporary, tree};

#[path = "publish/trees.rs"]
mod trees;

/// Publishes files given as `(address, text)` as edition `help`.
fn put(folder: &Path, files: &[(&str, &str)]) -> Result<Published, String> {
    let folder = open(folder).map_err(|error| error.to_string())?;
    let addresses: Vec<&str> = files.iter().map(|(address, _)| *address).collect();
    let bytes = |index: usize| match files[index].1 {
        "fails" => Err(format!("no bytes for {}", files[index].0)),
        text => Ok(text.as_bytes().to_vec()),
    };
    publish(&folder, "help", &addresses, &bytes, &|| {}).map_err(|failure| match failure {
        Failure::Disk(error) => error.to_string(),
        Failure::Output(error) => error,
    })
}

fn texts(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    files.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect()
}

/// Inode and modification time, in nanoseconds.
fn identity(path: &Path) -> (u64, i64) {
    let data = fs::metadata(path).unwrap();
    (data.ino(), data.mtime() * 1_000_000_000 + data.mtime_nsec())
}

#[test]
fn each_edition_is_exactly_its_outputs() {
    let dir = temporary();
    let versions: [&[(&str, &str)]; 5] = [
        &[("index.html", "1"), ("a/b/c.html", "1"), ("gone.html", "1")],
        &[("index.html", "2"), ("a/b/c.html", "1"), ("new.html", "2")],
        &[("index.html", "2"), ("a", "a folder became a file"), ("new.html/x", "a file became a folder")],
        &[("index.html", "1"), ("a/b/c.html", "1"), ("gone.html", "1")],
        &[],
    ];
    for files in versions {
        put(dir.path(), files).unwrap();
        assert_eq!(tree(&dir.path().join("help")), texts(files));
    }
}

#[test]
fn unchanged_files_keep_inode_and_time() {
    let dir = temporary();
    let (same, other) = (dir.path().join("help/same.html"), dir.path().join("help/other.html"));
    put(dir.path(), &[("same.html", "same"), ("other.html", "1")]).unwrap();
    let first = identity(&same);
    let mut times = vec![identity(&other).1];
    for text in ["2", "1", "2", "1"] {
        std::thread::sleep(Duration::from_millis(20));
        let published = put(dir.path(), &[("same.html", "same"), ("other.html", text)]).unwrap();
        assert_eq!(published, Published { files: 2, written: 1, removed: 0 });
        assert_eq!(identity(&same), first);
        times.push(identity(&other).1);
    }
    assert!(
        times.is_sorted_by(|a, b| a < b),
        "a changed file has a later time, also when an old text returns: {times:?}"
    );
}

#[test]
fn nothing_moves_where_nothing_differs() {
    let dir = temporary();
    let files = [("index.html", "1"), ("a/b.html", "1")];
    put(dir.path(), &files).unwrap();
    put(dir.path(), &files).unwrap();
    let before = identity(&dir.path().join("help"));
    assert_eq!(put(dir.path(), &files).unwrap(), Published { files: 2, written: 0, removed: 0 });
    assert_eq!(identity(&dir.path().join("help")), before, "the live folder is the same one");
}

#[test]
fn a_file_that_a_reader_has_open_is_never_written_through() {
    let dir = temporary();
    put(dir.path(), &[("index.html", "old")]).unwrap();
    let mut reader = fs::File::open(dir.path().join("help/index.html")).unwrap();
    for text in ["new", "newer", "old", "newest"] {
        put(dir.path(), &[("index.html", text)]).unwrap();
    }
    assert_eq!(std::io::read_to_string(&mut reader).unwrap(), "old");
}

#[test]
fn a_failure_leaves_the_old_edition_and_names_the_first_address() {
    let dir = temporary();
    let old = [("a.html", "1"), ("b.html", "1")];
    put(dir.path(), &old).unwrap();
    let mut files = vec![("a.html", "2"), ("b.html", "fails"), ("c.html", "fails")];
    let names: Vec<String> = (0..200).map(|number| format!("d{number}.html")).collect();
    files.extend(names.iter().map(|name| (name.as_str(), "fails")));
    for _ in 0..20 {
        assert_eq!(put(dir.path(), &files).unwrap_err(), "no bytes for b.html");
        assert_eq!(tree(&dir.path().join("help")), texts(&old));
    }
    put(dir.path(), &[("b.html", "3")]).unwrap();
    assert_eq!(tree(&dir.path().join("help")), texts(&[("b.html", "3")]));
}

#[test]
fn the_hidden_folder_may_be_deleted_between_builds() {
    let dir = temporary();
    put(dir.path(), &[("a.html", "1")]).unwrap();
    fs::remove_dir_all(dir.path().join(".deskbook")).unwrap();
    put(dir.path(), &[("a.html", "2")]).unwrap();
    assert_eq!(tree(&dir.path().join("help")), texts(&[("a.html", "2")]));
}

#[test]
fn a_folder_of_someone_else_is_left_alone() {
    let mark = "Signature: 8a477f597d28d172789f06886806bc55\n# made by another tool\n";
    for theirs in [("notes.txt", "mine"), ("CACHEDIR.TAG", mark), ("help/index.html", "mine"), (".git/config", "mine")]
    {
        let dir = temporary();
        let path = dir.path().join(theirs.0);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, theirs.1).unwrap();
        let message = put(dir.path(), &[("index.html", "ours")]).unwrap_err();
        assert!(message.contains(dir.path().to_str().unwrap()) && message.contains("-d"), "{message}");
        assert_eq!(tree(dir.path()), texts(&[theirs]));
    }
}

#[test]
fn an_edition_folder_that_is_not_ours_is_left_alone() {
    let dir = temporary();
    drop(open(dir.path()).unwrap());
    fs::create_dir(dir.path().join("help")).unwrap();
    fs::write(dir.path().join("help/mine.txt"), "mine").unwrap();
    assert!(put(dir.path(), &[("index.html", "ours")]).is_err());
    assert_eq!(tree(&dir.path().join("help")), texts(&[("mine.txt", "mine")]));
}

#[test]
fn what_lies_behind_a_link_is_left_alone() {
    for place in ["help", ".deskbook", ".deskbook/spare", ".deskbook/spare/help"] {
        let (dir, theirs) = (temporary(), temporary());
        fs::create_dir_all(theirs.path().join("help")).unwrap();
        fs::write(theirs.path().join("help/precious.txt"), "mine").unwrap();
        fs::write(theirs.path().join("precious.txt"), "mine").unwrap();
        put(dir.path(), &[("index.html", "1")]).unwrap();
        put(dir.path(), &[("index.html", "2")]).unwrap();
        fs::remove_dir_all(dir.path().join(place)).unwrap();
        symlink(theirs.path(), dir.path().join(place)).unwrap();
        for text in ["3", "4", "5"] {
            let _ = put(dir.path(), &[("index.html", text), ("precious.txt", text)]);
        }
        assert_eq!(tree(theirs.path()), texts(&[("help/precious.txt", "mine"), ("precious.txt", "mine")]), "{place}");
    }
}

#[test]
fn links_inside_the_trees_are_removed_not_followed() {
    for place in ["help", ".deskbook/spare/help"] {
        let (dir, theirs) = (temporary(), temporary());
        fs::write(theirs.path().join("page.html"), "mine").unwrap();
        put(dir.path(), &[("index.html", "1")]).unwrap();
        put(dir.path(), &[("index.html", "2")]).unwrap();
        symlink(theirs.path(), dir.path().join(place).join("folder")).unwrap();
        symlink(theirs.path().join("page.html"), dir.path().join(place).join("page.html")).unwrap();
        let files = [("index.html", "2"), ("folder/page.html", "ours"), ("page.html", "ours")];
        for _ in 0..3 {
            put(dir.path(), &files).unwrap();
            assert_eq!(tree(&dir.path().join("help")), texts(&files));
        }
        assert_eq!(tree(theirs.path()), texts(&[("page.html", "mine")]));
    }
}

#[test]
fn an_address_cannot_leave_the_edition() {
    for address in ["../x", "/x", "a/../../x", "a//b", "", ".", "a/", "..", "a\\..\\x", "a\0b"] {
        let dir = temporary();
        let inner = dir.path().join("build");
        put(&inner, &[("index.html", "1")]).unwrap();
        let before = tree(&inner.join("help"));
        assert!(put(&inner, &[("index.html", "2"), (address, "out")]).is_err(), "{address:?}");
        assert_eq!(tree(&inner.join("help")), before);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "{address:?}");
    }
}

#[test]
fn two_builds_do_not_meet() {
    let dir = temporary();
    let first = open(dir.path()).unwrap();
    let message = put(dir.path(), &[("index.html", "1")]).unwrap_err();
    assert!(message.contains("another build"), "{message}");
    drop(first);
    put(dir.path(), &[("index.html", "1")]).unwrap();
}

#[test]
fn builds_that_start_at_once_forget_no_edition() {
    for _ in 0..50 {
        let dir = temporary();
        let done = std::thread::scope(|scope| {
            let builds: Vec<_> =
                (0..4).map(|_| scope.spawn(|| put(dir.path(), &[("index.html", "1")]).is_ok())).collect();
            builds.into_iter().map(|build| build.join().unwrap()).filter(|done| *done).count()
        });
        assert!(done > 0);
        put(dir.path(), &[("index.html", "2")]).expect("the edition is still known as ours");
    }
}

#[test]
fn a_first_build_killed_at_its_mark_blocks_nobody() {
    for left in ["CACHEDIR.TAG.new~", ".deskbook/lock"] {
        let dir = temporary();
        fs::create_dir_all(dir.path().join(left).parent().unwrap()).unwrap();
        fs::write(dir.path().join(left), "Sig").unwrap();
        put(dir.path(), &[("index.html", "1")]).unwrap();
    }
}
