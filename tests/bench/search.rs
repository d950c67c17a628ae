//! How well a book is searched: `cargo bench --bench search -- FOLDER…`. Each folder is a set of questions with the documents
//! that answer them: `docs.jsonl` (objects with `id`, `lang`, `question`, `answer`, `tags`), `queries.tsv` and variants of it,
//! `queries.NAME.tsv` (`id<TAB>query`), and `qrels.tsv` (`query<TAB>document<TAB>grade`).
//!
//! The documents become the pages of a book, which the real program builds and searches. The same questions are asked of the
//! browser's module in Node.js, and what it finds is compared.

#![expect(clippy::disallowed_methods, reason = "the benchmark writes books and reads figures")]

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const DESKBOOK: &str = env!("CARGO_BIN_EXE_deskbook");
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
/// As many answers are looked at.
const DEPTH: usize = 10;

fn main() {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).filter(|path| path.is_dir()).collect();
    if folders.is_empty() {
        println!("name folders with questions: cargo bench --bench search -- FOLDER…");
    }
    folders.iter().for_each(|folder| measure(folder));
}

/// A set of documents as a built book.
struct Set {
    root: tempfile::TempDir,
    language: String,
    /// The document of each page, by the page's address.
    documents: HashMap<String, String>,
}

fn measure(folder: &Path) {
    let set = build(folder);
    println!("\n{}: {} documents, `{}`", folder.display(), set.documents.len(), set.language);
    println!(
        "{:<10} {:>8} {:>8} {:>8} {:>8} {:>9} {:>12}",
        "queries", "number", "MRR@10", "hit@1", "hit@5", "nothing", "differ in JS"
    );
    let right = right(folder);
    for path in query_files(folder) {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().replace("queries", "");
        let queries = lines(&path, "\t");
        let found = program(&set, &path);
        let browser = browser(&set, &queries);
        let differ =
            queries.iter().zip(&browser).filter(|((id, _), browser)| found.get(id).unwrap_or(&Vec::new()) != *browser);
        let differ = differ.count();
        let figures = figures(&set, &queries, &found, &right);
        println!(
            "{:<10} {:>8} {:>8.4} {:>8.4} {:>8.4} {:>8.2}% {differ:>12}",
            if name.is_empty() { "as typed" } else { name.trim_start_matches('.') },
            queries.len(),
            figures.reciprocal,
            figures.first,
            figures.fifth,
            figures.nothing * 100.0
        );
    }
    sizes(&set, folder);
}

/// Writes the book and has it built.
fn build(folder: &Path) -> Set {
    let root = tempfile::tempdir().expect("there is room");
    let content = root.path().join("content");
    fs::create_dir(&content).expect("there is room");
    let mut set = Set { root, language: "en".to_owned(), documents: HashMap::new() };
    let text = fs::read_to_string(folder.join("docs.jsonl")).expect("the set has `docs.jsonl`");
    for (line, number) in text.lines().zip(1..) {
        let document: Value = serde_json::from_str(line).expect("each line is JSON");
        let field = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
        fs::write(content.join(format!("d{number}.md")), page(&document)).expect("there is room");
        set.documents.insert(format!("d{number}.html"), field("id"));
        set.language = field("lang");
    }
    let config = format!("[book]\ntitle = \"Questions\"\nlanguage = \"{}\"\n", set.language);
    fs::write(set.root.path().join("book.toml"), config).expect("there is room");
    run(Command::new(DESKBOOK).arg("build").arg(set.root.path()));
    set
}

/// A document as Markdown that shows it as it is.
fn page(document: &Value) -> String {
    let text = |name: &str| document[name].as_str().unwrap_or_default();
    let title = if text("question").trim().is_empty() { text("id") } else { text("question") };
    let tags = document["tags"].as_array().cloned().unwrap_or_default();
    let mut page = format!("---\ntags: {}\n---\n\n# {}\n", Value::from(tags), escaped(title));
    for line in text("answer").lines() {
        let _ = write!(page, "\n{}\n", escaped(line));
    }
    page
}

fn escaped(line: &str) -> String {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let escape = |letter: char| if letter.is_ascii_punctuation() { format!("\\{letter}") } else { letter.to_string() };
    line.chars().map(escape).collect()
}

fn run(command: &mut Command) -> String {
    let output = command.stderr(Stdio::inherit()).output().expect("the program starts");
    assert!(output.status.success(), "{command:?} fails");
    String::from_utf8(output.stdout).expect("the program writes UTF-8")
}

fn query_files(folder: &Path) -> Vec<PathBuf> {
    let paths =
        fs::read_dir(folder).expect("the folder can be read").map(|entry| entry.expect("it can be read").path());
    let is_queries = |path: &PathBuf| {
        path.file_name().is_some_and(|name| {
            let name = name.to_string_lossy();
            name.starts_with("queries") && name.ends_with(".tsv")
        })
    };
    let mut paths: Vec<PathBuf> = paths.filter(is_queries).collect();
    paths.sort_by_key(|path| (path.as_os_str().len(), path.clone()));
    paths
}

/// The first two columns of a table.
fn lines(path: &Path, tab: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(path).expect("the set is whole");
    text.lines().filter_map(|line| line.split_once(tab)).map(|(id, rest)| (id.to_owned(), rest.to_owned())).collect()
}

/// The documents that answer each query.
fn right(folder: &Path) -> HashMap<String, Vec<String>> {
    let mut right: HashMap<String, Vec<String>> = HashMap::new();
    for (query, rest) in lines(&folder.join("qrels.tsv"), "\t") {
        let (document, grade) = rest.split_once('\t').unwrap_or((&rest, "1"));
        if grade.trim() != "0" {
            right.entry(query).or_default().push(document.to_owned());
        }
    }
    right
}

/// Addresses with their scores as text, best first.
type Found = Vec<(String, String)>;

/// What the program finds, by query.
fn program(set: &Set, queries: &Path) -> HashMap<String, Found> {
    let number = DEPTH.to_string();
    let book = set.root.path();
    let mut command = Command::new(DESKBOOK);
    let text = run(command.args(["search", "-n", &number, "--batch"]).arg(queries).arg("--book").arg(book));
    let mut found: HashMap<String, Found> = HashMap::new();
    for line in text.lines() {
        let [id, _, score, url] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("`{line}` has four columns") };
        found.entry(id.to_owned()).or_default().push((url.to_owned(), score.to_owned()));
    }
    found
}

/// What the browser's module finds, by query.
fn browser(set: &Set, queries: &[(String, String)]) -> Vec<Found> {
    let base = site(set);
    let question = |query: &str| {
        json!({"base": base, "language": set.language, "query": query, "limit": DEPTH}).to_string() + "\n"
    };
    let asked: String = queries.iter().map(|(_, query)| question(query)).collect();
    let script = Path::new(SCRIPTS).join("search/answers.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node.js is there");
    let mut input = node.stdin.take().expect("it is piped");
    let writer = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let output = node.wait_with_output().expect("it ends");
    writer.join().expect("it does not panic").expect("the script reads every line");
    let text = String::from_utf8(output.stdout).expect("it writes UTF-8");
    text.lines().map(hits).collect()
}

fn hits(line: &str) -> Found {
    let answer: Value = serde_json::from_str(line).expect("it writes JSON");
    let hits = answer["hits"].as_array().expect("an answer has hits").iter();
    let score = |score: &Value| score.as_f64().expect("a score is a number").to_string();
    hits.map(|hit| (hit[0].as_str().expect("an address is text").to_owned(), score(&hit[1]))).collect()
}

#[derive(Default)]
struct Figures {
    /// The mean of one by the place of the first right answer.
    reciprocal: f64,
    /// The share of queries that it comes first for, or among the first five.
    first: f64,
    fifth: f64,
    /// The share without any answer.
    nothing: f64,
}

fn figures(
    set: &Set,
    queries: &[(String, String)],
    found: &HashMap<String, Found>,
    right: &HashMap<String, Vec<String>>,
) -> Figures {
    let mut figures = Figures::default();
    let one = 1.0 / queries.len() as f64;
    for (id, _) in queries {
        let Some(hits) = found.get(id) else {
            figures.nothing += one;
            continue;
        };
        let is_right = |url: &String| right.get(id).is_some_and(|right| right.contains(&set.documents[url]));
        let Some(place) = hits.iter().position(|(url, _)| is_right(url)) else { continue };
        figures.reciprocal += one / (place + 1) as f64;
        figures.first += if place == 0 { one } else { 0.0 };
        figures.fifth += if place < 5 { one } else { 0.0 };
    }
    figures
}

fn site(set: &Set) -> PathBuf {
    set.root.path().join("book/site")
}

/// In bytes, packed as a server would.
fn packed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes everything");
    encoder.finish().expect("memory takes everything").len()
}

/// What the search weighs: its scripts, its index, and what the first query loads of both.
fn sizes(set: &Set, folder: &Path) {
    let search = site(set).join("search");
    let mut weights: BTreeMap<String, usize> = BTreeMap::new();
    for entry in fs::read_dir(&search).expect("the site has a search") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        weights.insert(name, packed(&fs::read(&path).expect("it can be read")));
    }
    let sum = |ending: &str| {
        weights.iter().filter(|(name, _)| name.ends_with(ending)).map(|(_, weight)| weight).sum::<usize>()
    };
    let queries = lines(&folder.join("queries.tsv"), "\t");
    let script = Path::new(SCRIPTS).join("bench/first-query.mjs");
    let loaded = run(Command::new("node").arg(script).arg(site(set)).arg(&set.language).arg(&queries[0].1));
    let index: usize = loaded.lines().filter_map(|name| weights.get(name)).sum();
    println!(
        "packed bytes: {} of scripts, {} of index in {} files; the first query loads {} of index in {} files, {} in all",
        sum(".js"),
        sum(".bin"),
        weights.keys().filter(|name| name.ends_with(".bin")).count(),
        index,
        loaded.lines().count(),
        index + sum(".js")
    );
}
