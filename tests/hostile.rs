//! Hostile and broken input: a finding or a page, never a panic, a hang or unbounded memory. The real program runs under
//! limits of the system, so that no test measures time.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests write books and look at what was made of them")]

#[path = "hostile/texts.rs"]
mod texts;
#[path = "hostile/data.rs"]
mod data;
#[path = "hostile/files.rs"]
mod files;
#[path = "hostile/addresses.rs"]
mod addresses;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Seconds of CPU and KiB of address space that no book may need. What grows with the square of these books needs more.
const SECONDS: u32 = 10;
const MEMORY: u32 = 1 << 20;

const CONFIG: &str = "[book]\ntitle = \"Desk\"\naudiences = [\"public\", \"staff\"]\n[edition.help]\naudience = \"public\"\n\
    base-url = \"https://help.example.com/\"\n[edition.academy]\naudience = \"staff\"\nbase-url = \"https://academy.example.com/\"\n\
    [variables]\nbrand = \"Northlight\"\n";

const PUBLIC: &str = "---\naudience: public\n---\n";

/// A book on disk, with a public home page.
struct Book {
    dir: tempfile::TempDir,
}

/// What a run came to.
struct Run {
    code: i32,
    findings: String,
}

impl Book {
    fn new() -> Book {
        let book = Book { dir: tempfile::tempdir().unwrap() };
        book.write("book.toml", CONFIG);
        book.write("content/index.md", format!("{PUBLIC}# Home\n"));
        book
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn page(&self, path: &str, text: &str) {
        self.write(path, format!("{PUBLIC}{text}"));
    }

    /// Builds in spite of findings: what is not published then is withheld.
    fn build(&self) -> Run {
        self.run(&["build", "--lenient", "--format", "short"])
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, &[])
    }

    fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
        let limits = format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &limits, "sh", env!("CARGO_BIN_EXE_deskbook")]).args(arguments).arg(self.dir.path());
        // on many processors, threads and their heaps take address space that says nothing of the book
        command.env("RAYON_NUM_THREADS", "2").env("MALLOC_ARENA_MAX", "2").stdin(Stdio::null());
        command.envs(environment.iter().copied());
        let Output { status, stdout, stderr } = command.output().unwrap();
        let findings = String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned();
        assert!(!findings.contains("panicked"), "{findings}");
        let code =
            status.code().unwrap_or_else(|| panic!("killed: {status}\n{}", &findings[..findings.len().min(2000)]));
        Run { code, findings }
    }

    /// The public edition's file, or nothing.
    fn public(&self, address: &str) -> Option<String> {
        Some(String::from_utf8_lossy(&fs::read(self.path("book/help").join(address)).ok()?).into_owned())
    }

    /// Whether a word is in any byte or name of the public edition.
    fn shows(&self, word: &str) -> bool {
        let entries = walkdir::WalkDir::new(self.path("book/help")).into_iter().flatten();
        let holds = |path: &Path| fs::read(path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(word));
        entries.into_iter().any(|entry| entry.file_name().to_string_lossy().contains(word) || holds(entry.path()))
    }
}

impl Run {
    fn finds(&self, code: &str, place: &str) -> bool {
        self.findings.lines().any(|line| line.starts_with(place) && line.contains(&format!("[{code}]")))
    }
}

#[test]
fn the_limits_hold() {
    let book = Book::new();
    let limited = Command::new("sh").args(["-c", "ulimit -t 1; while :; do :; done"]).status().unwrap();
    assert_eq!(limited.code(), None, "a loop is stopped");
    assert_eq!(book.build().code, 0);
    assert!(book.shows("Home"));
}
