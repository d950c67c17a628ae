//! Whatever happens to a running build, the old edition or the new one is there, whole.
//!
//! Apart from `publish.rs`, because a process that is just being started holds the locks of the one that starts it.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests look at what was written")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use trees::{temporary, tree};

#[path = "publish/trees.rs"]
mod trees;

const DESKBOOK: &str = env!("CARGO_BIN_EXE_deskbook");

/// Writes a book for one edition, `site`; every page and an image say which version they are.
fn write_book(root: &Path, version: &str, only_here: &str, image: usize) {
    let content = root.join("content");
    fs::create_dir_all(content.join("part")).unwrap();
    fs::write(
        root.join("book.toml"),
        "[book]\ntitle = \"Book\"\naudiences = [\"public\", \"staff\"]\n\n[edition.site]\naudience = \"staff\"\n",
    )
    .unwrap();
    fs::write(content.join("index.md"), format!("# Home\n\nversion {version}\n\n![picture](picture.png)\n")).unwrap();
    fs::write(content.join("picture.png"), version.repeat(image)).unwrap();
    fs::write(content.join(format!("{only_here}.md")), "# Only here\n").unwrap();
    for number in 0..20 {
        fs::write(content.join(format!("part/p{number}.md")), format!("# Page {number}\n\nversion {version}\n"))
            .unwrap();
        fs::write(content.join(format!("part/same{number}.md")), format!("# Page {number}, as ever\n")).unwrap();
    }
}

fn build(book: &Path, to: &Path) -> Command {
    let mut command = Command::new(DESKBOOK);
    command.arg("build").arg(book).arg("-d").arg(to).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Two versions of a book, and the site of each.
struct Versions {
    dir: tempfile::TempDir,
    sites: [BTreeMap<String, Vec<u8>>; 2],
    /// How long a build takes that is left alone.
    usual: Duration,
}

fn versions() -> Versions {
    let dir = temporary();
    let mut usual = Duration::ZERO;
    let sites = ["a", "b"].map(|version| {
        let (book, site) = (dir.path().join(version), dir.path().join(format!("whole-{version}")));
        write_book(&book, version, &format!("only-{version}"), 100_000);
        let start = Instant::now();
        assert!(build(&book, &site).status().unwrap().success());
        usual = usual.max(start.elapsed());
        tree(&site.join("site"))
    });
    assert!(sites[0].len() > 40 && sites[0] != sites[1]);
    Versions { dir, sites, usual }
}

/// Numbers from 0 to 1 that look random, the same in every run.
fn dice(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1u64 << 31) as f64
    }
}

/// Starts a build and kills it after `delay`; whether it was still running.
fn killed(book: &Path, to: &Path, delay: Duration) -> bool {
    let mut running = build(book, to).spawn().unwrap();
    std::thread::sleep(delay);
    running.kill().unwrap();
    let status = running.wait().unwrap();
    assert!(status.success() || status.signal() == Some(9), "a build after a killed one ended with {status}");
    !status.success()
}

#[test]
fn a_build_killed_at_any_moment_leaves_the_old_edition_or_the_new_one() {
    let versions = versions();
    let out = versions.dir.path().join("out");
    let mut random = dice(1);
    let (mut kills, mut published, mut last) = (0, 0, None);
    let mut longest = versions.usual;
    for round in 0..1000 {
        let book = versions.dir.path().join(["a", "b"][round % 2]);
        let was_killed = killed(&book, &out, longest.mul_f64(random()));
        kills += usize::from(was_killed);
        // about one build in four comes to its end, however busy the machine is
        longest = longest.mul_f64(if was_killed { 1.02 } else { 0.94 });
        let site = tree(&out.join("site"));
        let now = versions.sites.iter().position(|whole| *whole == site);
        assert!(now.is_some() || last.is_none() && site.is_empty(), "round {round} left a mixture: {:?}", site.keys());
        published += usize::from(now != last);
        last = now;
    }
    println!("{kills} of 1000 builds were killed, {published} times the edition changed");
    assert!(
        kills >= 300 && published >= 20,
        "delays must fall before and after the exchange: {kills} kills, {published} changes"
    );
}

#[test]
fn a_first_build_killed_at_any_moment_leaves_no_edition_or_the_whole_one() {
    let versions = versions();
    let mut random = dice(2);
    for round in 0..100 {
        let out = versions.dir.path().join(format!("out{round}"));
        killed(&versions.dir.path().join("a"), &out, versions.usual.mul_f64(random() * 1.1));
        let site = tree(&out.join("site"));
        assert!(!out.join("site").exists() || site == versions.sites[0], "round {round}: {:?}", site.keys());
        assert!(build(&versions.dir.path().join("b"), &out).status().unwrap().success(), "round {round}");
        assert!(tree(&out.join("site")) == versions.sites[1], "round {round}");
        fs::remove_dir_all(out).unwrap();
    }
}

/// Asserts that a build failed for its environment, said where, and left the site as it was.
fn left_alone(output: &Output, names: &Path, site: &Path, before: &BTreeMap<String, Vec<u8>>) {
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("error: ") && message.contains(names.to_str().unwrap()), "{message}");
    assert!(tree(site) == *before, "the old site is as it was");
}

#[test]
fn a_file_too_large_for_the_disk_leaves_the_old_site() {
    let dir = temporary();
    let (small, large, out) = (dir.path().join("small"), dir.path().join("large"), dir.path().join("out"));
    write_book(&small, "a", "x", 10);
    write_book(&large, "b", "x", 3_000_000);
    assert!(build(&small, &out).status().unwrap().success());
    let before = tree(&out.join("site"));
    // with the signal ignored, a write past the limit is an error as on a full disk
    let script = "trap '' XFSZ; ulimit -f 1000; exec \"$0\" build \"$1\" -d \"$2\"";
    let output = Command::new("sh").args(["-c", script, DESKBOOK]).args([&large, &out]).output().unwrap();
    left_alone(&output, &out, &out.join("site"), &before);
    assert!(build(&large, &out).status().unwrap().success(), "with room again the next build publishes");
}

/// A small file system of its own, gone at the end.
struct Mount<'a>(&'a Path);

impl Drop for Mount<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|data| data.uid() == 0)
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let dir = temporary();
    let disk = dir.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mount = || Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(&disk).output();
    if !is_root() || !mount().is_ok_and(|output| output.status.success()) {
        println!("skipped: only root may mount a small disk; a limit on file sizes is tested instead");
        return;
    }
    let _mount = Mount(&disk);
    let (small, large, out) = (dir.path().join("small"), dir.path().join("large"), disk.join("out"));
    write_book(&small, "a", "x", 10);
    write_book(&large, "b", "x", 3_000_000);
    assert!(build(&small, &out).status().unwrap().success());
    let before = tree(&out.join("site"));
    let output = build(&large, &out).stderr(Stdio::piped()).output().unwrap();
    left_alone(&output, &out, &out.join("site"), &before);
    assert!(build(&small, &out).status().unwrap().success(), "the next build is not in the way of the last one's rest");
}

#[test]
fn a_folder_that_cannot_be_written_leaves_the_old_site() {
    let dir = temporary();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let (one, two, out) = (dir.path().join("one"), dir.path().join("two"), dir.path().join("out"));
    write_book(&one, "a", "x", 10);
    write_book(&two, "b", "x", 10);
    let program = dir.path().join("deskbook");
    fs::copy(DESKBOOK, &program).unwrap();
    assert!(build(&one, &out).status().unwrap().success());
    let before = tree(&out.join("site"));
    for folder in [&out, &out.join(".deskbook"), &out.join(".deskbook/spare")] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
    }
    fs::set_permissions(out.join(".deskbook/lock"), fs::Permissions::from_mode(0o666)).unwrap();
    let mut command = Command::new(&program);
    command.arg("build").arg(&two).arg("-d").arg(&out);
    if is_root() {
        // root may write anywhere; nobody may not
        command.uid(65_534).gid(65_534);
    }
    let output = command.output().unwrap();
    left_alone(&output, &out, &out.join("site"), &before);
    for folder in [&out, &out.join(".deskbook"), &out.join(".deskbook/spare")] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn findings_publish_nothing() {
    let dir = temporary();
    let (book, out) = (dir.path().join("book"), dir.path().join("out"));
    write_book(&book, "a", "x", 10);
    assert!(build(&book, &out).status().unwrap().success());
    let before = tree(&out.join("site"));
    fs::write(book.join("content/x.md"), "# X\n\n[nowhere](gone.md)\n").unwrap();
    assert_eq!(build(&book, &out).status().unwrap().code(), Some(1));
    assert!(tree(&out.join("site")) == before);
}
