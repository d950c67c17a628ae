//! What whole builds cost: `cargo bench --bench build`. Runs the real program on books of 100, 1,000 and 10,000 pages of
//! 600 words in two languages, and prints wall time, CPU time and peak memory; other sizes can be given after `--`.

#![expect(clippy::disallowed_methods, reason = "the benchmark writes books and reads figures")]

mod book;

use nix::sys::resource::{UsageWho, getrusage};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const DESKBOOK: &str = env!("CARGO_BIN_EXE_deskbook");
/// The benchmark starts itself with this word to watch one run: the system counts what a process's children cost,
/// and their peak memory, for all of them together only.
const WATCH: &str = "watch";

fn main() {
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    match words.split_first() {
        Some((first, command)) if first == WATCH => watch(command),
        _ => compare(&sizes(&words)),
    }
}

fn sizes(words: &[OsString]) -> Vec<usize> {
    let given: Vec<usize> = words.iter().filter_map(|word| word.to_str()?.parse().ok()).collect();
    if given.is_empty() { SIZES.to_vec() } else { given }
}

/// What a run costs: seconds, and MiB at its peak.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    cpu: f64,
    memory: f64,
}

/// Runs one command and prints what it cost.
fn watch(command: &[OsString]) {
    let start = Instant::now();
    let status = Command::new(&command[0]).args(&command[1..]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let wall = start.elapsed().as_secs_f64();
    assert!(status.expect("the program starts").success(), "the book is without mistakes");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    // Linux counts in KiB, macOS in bytes
    let unit = if cfg!(target_vendor = "apple") { 1.0 / 1024.0 } else { 1.0 };
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    println!("{wall} {cpu} {}", usage.max_rss() as f64 * unit / 1024.0);
}

fn cost(arguments: &[&str], book: &Path) -> Cost {
    let this = std::env::current_exe().expect("a running program has a file");
    let output = Command::new(this).arg(WATCH).arg(DESKBOOK).args(arguments).arg(book).output();
    let output = output.expect("the benchmark starts itself");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    Cost { wall: numbers[0], cpu: numbers[1], memory: numbers[2] }
}

/// The middle one of several runs, by CPU time: other work on the machine disturbs the ends.
fn middle(runs: usize, mut run: impl FnMut() -> Cost) -> Cost {
    let mut costs: Vec<Cost> = (0..runs).map(|_| run()).collect();
    costs.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
    costs[runs / 2]
}

/// Prints a table; `growth` is the CPU time a page against that of the size above.
fn compare(sizes: &[usize]) {
    println!(
        "{:<34} {:>7} {:>8} {:>8} {:>12} {:>7} {:>9}",
        "", "pages", "wall s", "CPU s", "CPU ms/page", "growth", "peak MiB"
    );
    for editions in [1, 2] {
        let mut above = None;
        for &pages in sizes {
            above = Some(measure(pages, editions, book::SECTION, above));
        }
    }
    println!("all pages of a language in one folder:");
    measure(*sizes.last().expect("there is a size"), 1, usize::MAX, None);
}

/// Prints what the runs cost on one book. The CPU milliseconds of each, a page of one edition; `above` are those of a
/// smaller book.
fn measure(pages: usize, editions: usize, section: usize, above: Option<[f64; 3]>) -> [f64; 3] {
    let folder = tempfile::tempdir_in(base()).expect("there is room for a book");
    let (root, out) = (folder.path().join("book"), folder.path().join("out"));
    book::write(&root, pages, editions, section);
    let target = out.to_str().expect("temporary folders have plain names");
    let runs = if pages < 5_000 { 9 } else { 5 };
    let build = || cost(&["build", "--strict", "-d", target], &root);
    let first = middle(runs, || {
        // the first of them has nothing to remove
        let _ = std::fs::remove_dir_all(&out);
        build()
    });
    let costs = [first, middle(runs, build), middle(runs, || cost(&["check", "--strict"], &root))];
    let each = costs.map(|cost| cost.cpu * 1000.0 / (pages * editions) as f64);
    for (run, name) in ["build", "build, nothing changed", "check"].iter().enumerate() {
        let name = format!("{name}, {editions} edition{}", if editions == 1 { "" } else { "s" });
        let growth = above.map_or(String::new(), |above| format!("{:.2}", each[run] / above[run]));
        let Cost { wall, cpu, memory } = costs[run];
        println!("{name:<34} {pages:>7} {wall:>8.3} {cpu:>8.3} {:>12.3} {growth:>7} {memory:>9.0}", each[run]);
    }
    each
}

/// A folder in memory where there is one: disks differ, and wait.
fn base() -> PathBuf {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() { shared.to_owned() } else { std::env::temp_dir() }
}
