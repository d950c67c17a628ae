//! What the browser finds is what the ranking finds: for any book and any query, and however the index is cut.

#![expect(clippy::disallowed_methods, reason = "this test hands files to Node")]

use deskbook::search::export::{self, ROOMS, Room, Rooms};
use deskbook::search::index::{self, Index};
use deskbook::search::{Corpus, Unit, browser, rank};
use proptest::prelude::*;
use proptest::sample::{Index as Place, select};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Words of two languages in several forms, and what else people write.
const WORDS: &str = "how do i withdraw withdrawal withdrawals withdrawing money to my card cards a bank banking account accounts \
    password passwords reset resetting verify verification verified identity document documents documented deposit deposited \
    limits limit limited sky skies happy happiness generously general please delay delayed international internationalization \
    как вывести вывод вывода выводить деньги денег на карту карта карты картой банк банковская банковский счет счёт счета \
    пароль пароля пароли сбросить сброс верификация верификации верифицировать документ документы документов пополнить \
    пополнение лимит лимиты лимитов мой мою моя имя не приходит перевод переводы переводов пожалуйста еще ещё тех да я \
    404 2024 1000 ½ x²y c e-mail don't AI-2 И1 😀 👍🏽 привет!!! 北京 日本語 ｆｕｌｌ 𝒜𝓁𝓅𝒽𝒶 𝒜𝓁𝓅 한국어 한국 zürich Zürich naïve İstanbul σίσυφος straße \
    превысокомногорассмотрительствующий pneumonoultramicroscopicsilicovolcanoconiosis";

const LATIN: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю";

fn vocabulary() -> Vec<&'static str> {
    WORDS.split_whitespace().collect()
}

fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(select(vocabulary()), 0..most).prop_map(|words| words.join(" "))
}

fn unit() -> impl Strategy<Value = Unit> {
    let aliases = prop::collection::vec(text(6), 0..3);
    (text(8), text(60), select(vec!["faq", "module", "page"]), 0..5_u8, aliases).prop_map(
        |(title, text, kind, page, aliases)| Unit {
            url: String::new(),
            page_url: format!("{kind}/страница-{page}.html"),
            page_title: format!("Page {page}"),
            title,
            kind,
            text,
            aliases,
        },
    )
}

fn corpus() -> impl Strategy<Value = Corpus> {
    let units = prop::collection::vec(unit(), 0..90);
    let synonyms = prop::collection::vec(prop::collection::vec(text(3), 2..4), 0..4);
    (select(vec!["en", "ru", "ru-RU", "de", "xx"]), units, synonyms).prop_map(|(language, mut units, synonyms)| {
        for (unit, number) in units.iter_mut().zip(0..) {
            unit.url = format!("{}#u{number}", unit.page_url);
        }
        Corpus { language: language.to_owned(), units, synonyms }
    })
}

/// What may happen to a word on its way into a query.
#[derive(Clone, Debug)]
enum Change {
    None,
    Delete(Place),
    Insert(Place, char),
    Replace(Place, char),
    Exchange(Place),
    Begin(Place),
    Layout,
    Upper,
}

fn change() -> impl Strategy<Value = Change> {
    let letter = || select("aeiotrsоеаитнсъ7-.".chars().collect::<Vec<_>>());
    prop_oneof![
        4 => Just(Change::None),
        1 => any::<Place>().prop_map(Change::Delete),
        1 => (any::<Place>(), letter()).prop_map(|(place, letter)| Change::Insert(place, letter)),
        1 => (any::<Place>(), letter()).prop_map(|(place, letter)| Change::Replace(place, letter)),
        1 => any::<Place>().prop_map(Change::Exchange),
        1 => any::<Place>().prop_map(Change::Begin),
        1 => Just(Change::Layout),
        1 => Just(Change::Upper),
    ]
}

fn changed(word: &str, change: Change) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = |place: Place| place.index(word.chars().count());
    match change {
        Change::None => {}
        Change::Delete(place) => drop(letters.remove(at(place))),
        Change::Insert(place, letter) => letters.insert(at(place), letter),
        Change::Replace(place, letter) => letters[at(place)] = letter,
        Change::Exchange(place) => {
            let last = letters.len() - 1;
            letters.swap(at(place), last.min(at(place) + 1));
        }
        Change::Begin(place) => letters.truncate(at(place) + 1),
        Change::Layout => letters.iter_mut().for_each(|letter| *letter = other_layout(*letter)),
        Change::Upper => return word.to_uppercase(),
    }
    letters.into_iter().collect()
}

fn other_layout(letter: char) -> char {
    let on = |from: &str, to: &str| to.chars().nth(from.chars().position(|key| key == letter)?);
    on(LATIN, CYRILLIC).or_else(|| on(CYRILLIC, LATIN)).unwrap_or(letter)
}

fn query() -> impl Strategy<Value = String> {
    let word = (select(vocabulary()), change()).prop_map(|(word, change)| changed(word, change));
    let gap = select(vec![" ", " ", " ", "  ", ", ", "-", "\u{a0}", "\u{feff}", "\t", "\u{85}", "? "]);
    let parts = prop::collection::vec((word, gap), 0..7);
    let end = select(vec!["", "", "", " ", "!", "?!\n", "\u{2003}"]);
    let words = (parts, end).prop_map(|(parts, end)| {
        let all: String = parts.into_iter().map(|(word, gap)| word + gap).collect();
        format!("{}{end}", all.trim_end_matches(' '))
    });
    prop_oneof![9 => words, 1 => "\\PC{0,12}"]
}

const WHOLE: Room = Room { whole: usize::MAX, block: 0 };
const CRUMBS: Room = Room { whole: 0, block: 60 };
const ROOMS_TO_TRY: [(&str, Rooms); 3] = [
    ("as-sent", ROOMS),
    ("whole", Rooms { terms: WHOLE, endings: WHOLE, heads: WHOLE, snippets: WHOLE }),
    ("crumbs", Rooms { terms: CRUMBS, endings: CRUMBS, heads: CRUMBS, snippets: CRUMBS }),
];

fn write(base: &Path, language: &str, files: Vec<(String, Vec<u8>)>) {
    let folder = base.join("search");
    fs::create_dir_all(&folder).expect("a folder of the test");
    let modules =
        browser::modules(&[language]).into_iter().map(|(name, source)| (name.to_owned(), source.into_bytes()));
    for (name, bytes) in modules.chain(files) {
        fs::write(folder.join(name), bytes).expect("a file of the test");
    }
    fs::write(base.join("package.json"), r#"{"type": "module"}"#).expect("a file of the test");
}

/// What Node answers to questions.
fn answers(questions: &[Value]) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/answers.mjs");
    let mut node = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Node");
    let mut input = node.stdin.take().expect("a pipe");
    let lines: String = questions.iter().map(|question| format!("{question}\n")).collect();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = node.wait_with_output().expect("Node ends");
    writer.join().expect("the questions are written").expect("Node reads them");
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).expect("Node writes UTF-8");
    lines.lines().map(|line| serde_json::from_str(line).expect("Node writes JSON")).collect()
}

fn ranked(index: &Index, query: &str, limit: usize, kind: Option<&str>) -> Value {
    let answer = rank::search(index, query, limit, kind);
    let hit = |hit: &rank::Hit| json!([index.units[hit.unit as usize].url, hit.score]);
    json!({
        "hits": answer.hits.iter().map(hit).collect::<Vec<_>>(),
        "corrected": answer.corrected,
        "kinds": answer.kinds,
    })
}

/// Node writes a whole number without a point.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(a, b))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_browser_finds_what_the_ranking_finds(corpus in corpus(), queries in prop::collection::vec(query(), 120)) {
        let index = index::build(&corpus);
        let folder = tempfile::tempdir().expect("a folder of the test");
        let mut questions = Vec::new();
        let mut expected = Vec::new();
        for (name, rooms) in ROOMS_TO_TRY {
            let base = folder.path().join(name);
            write(&base, &corpus.language, export::cut(&index, rooms));
            for (query, place) in queries.iter().zip(0..) {
                let (limit, kind) = if place % 5 == 0 { (3, Some("faq")) } else { (10, None) };
                questions.push(json!({ "base": base, "language": corpus.language, "query": query, "limit": limit, "kind": kind }));
                expected.push(ranked(&index, query, limit, kind));
            }
        }
        for ((question, found), expected) in questions.iter().zip(answers(&questions)).zip(expected) {
            prop_assert!(same(&found, &expected), "{question}\nin the browser: {found}\nranked: {expected}");
        }
    }
}

fn desk() -> Corpus {
    let subjects =
        ["вывести деньги на карту", "сбросить пароль", "пройти верификацию", "пополнить счёт", "узнать лимит"];
    let unit = |number: usize| Unit {
        url: format!("a.html#{number}"),
        title: format!("Как {}: случай {number}", subjects[number % 5]),
        page_url: "a.html".to_owned(),
        page_title: "Вопросы".to_owned(),
        kind: "faq",
        text: format!(
            "Откройте раздел и выберите нужное. {}",
            format!("Чтобы {}, ждите. ", subjects[number % 5]).repeat(20)
        ),
        aliases: Vec::new(),
    };
    Corpus { language: "ru".to_owned(), units: (0..40).map(unit).collect(), synonyms: Vec::new() }
}

#[test]
fn the_same_index_gives_the_same_bytes() {
    let files = export::files(&index::build(&desk()));
    assert_eq!(files, export::files(&index::build(&desk())));
    assert!(files.len() > 1, "snippets are apart");
    assert!(files.iter().all(|(name, _)| name == "ru.bin" || name.len() == "ru-01234567.bin".len()));
}

#[test]
fn the_scripts_hold_in_node() {
    let folder = tempfile::tempdir().expect("a folder of the test");
    let (_, crumbs) = ROOMS_TO_TRY[2];
    write(folder.path(), "ru", export::cut(&index::build(&desk()), crumbs));
    let tests = ["words", "stems", "index"].map(|name| format!("tests/search/{name}.test.mjs"));
    let mut node = Command::new("node");
    let output =
        node.arg("--test").args(tests).env("INDEX", folder.path()).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let output = output.expect("Node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

const GZIP_MOST: usize = 10 * 1024;

#[test]
fn the_scripts_of_one_language_weigh_little() {
    for language in ["en", "ru"] {
        let packed = |source: &str| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(source.as_bytes()).expect("memory takes it");
            encoder.finish().expect("memory takes it").len()
        };
        let sum: usize = browser::modules(&[language]).iter().map(|(_, source)| packed(source)).sum();
        assert!(sum <= GZIP_MOST, "{language}: {sum} bytes");
    }
}
