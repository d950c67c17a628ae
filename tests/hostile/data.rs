//! Front matter, `book.toml`, `SUMMARY.md` and words of a theme: what is read as data.

use super::{Book, CONFIG};

fn bombs() -> Vec<(&'static str, String)> {
    let layers: String =
        (1..10).map(|layer| format!("  - &l{layer} [{}]\n", format!("*l{}, ", layer - 1).repeat(10))).collect();
    vec![
        ("aliases", format!("tags:\n  - &l0 [x, x]\n{layers}")),
        ("aliases in a line", "tags: [&a [x,x], &b [*a,*a,*a,*a], &c [*b,*b,*b,*b], [*c,*c,*c,*c]]\n".to_owned()),
        ("an alias of itself", "tags: &a [*a]\n".to_owned()),
        ("lists in lists", format!("tags: {}\n", "[".repeat(30_000))),
        ("closed lists in lists", format!("tags: {}{}\n", "[".repeat(15_000), "]".repeat(15_000))),
        ("maps in maps", format!("tags: {}\n", "{a: ".repeat(10_000))),
        ("items in items", format!("tags:\n{}x\n", "- ".repeat(20_000))),
        (
            "keys in keys",
            format!("owner:\n{}", (1..250).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>()),
        ),
        ("a long key", format!("{}: x\n", "k".repeat(60_000))),
        ("a long value", format!("title: {}\n", "v".repeat(60_000))),
        ("many keys", (0..5000).map(|at| format!("k{at}: x\n")).collect()),
        ("many lines that are none", "x\n".repeat(30_000)),
        ("many aliases", format!("aliases: [{}]\n", (0..5000).map(|at| format!("a{at}, ")).collect::<String>())),
        ("more than there may be", "title: x\n".repeat(100_000)),
        ("an open quote", format!("title: \"{}\n", "\\\"".repeat(20_000))),
        ("tags of YAML", "title: !!python/object/apply:os.system [x]\n".to_owned()),
        ("merged keys", "owner: &a {x: y}\n<<: *a\n".to_owned()),
        (
            "numbers",
            format!("order: {0}\nminutes: {0}\npass: -{0}\ndate: {0}\nreview-every: {0} days\n", "9".repeat(5000)),
        ),
    ]
}

#[test]
fn front_matter() {
    for (name, yaml) in bombs() {
        let book = Book::new();
        book.write("content/page.md", format!("---\naudience: public\n{yaml}---\n# Page\n"));
        let run = book.build();
        assert!(run.code <= 1, "{name}: {}", run.findings);
        assert!(run.findings.contains("content/page.md:") || book.public("page.html").is_some(), "{name}");
    }
}

#[test]
fn configuration() {
    let editions: String = (0..5000).map(|at| format!("[edition.e{at}]\naudience = \"public\"\n")).collect();
    let languages: String = (0..5000).map(|at| format!("[languages.l{at}]\n")).collect();
    let variables: String = (0..50_000).map(|at| format!("v{at} = \"x\"\n")).collect();
    let channels: String = (0..5000).map(|at| format!("[[channel]]\nid = \"c{at}\"\n")).collect();
    let names: String = (0..5000).map(|at| format!("\"a{at}\", ")).collect();
    for (name, text) in [
        ("nothing", String::new()),
        ("no TOML", "{ ]]]\n= = =\n[".to_owned()),
        ("lists in lists", format!("x = {}", "[".repeat(100_000))),
        ("tables in tables", format!("x = {}", "{a = ".repeat(50_000))),
        ("a long dotted key", format!("{}b = 1\n", "a.".repeat(50_000))),
        ("a long header", format!("[{}b]\n", "a.".repeat(50_000))),
        ("many editions", format!("{CONFIG}{editions}")),
        ("many languages", format!("{CONFIG}{languages}")),
        ("many variables", format!("{CONFIG}{variables}")),
        ("a long variable", format!("{CONFIG}long = \"{}\"\n", "x".repeat(1 << 20))),
        ("many channels", format!("{CONFIG}{channels}")),
        ("many audiences", format!("[book]\naudiences = [{names}]\n")),
        ("unknown keys", (0..50_000).map(|at| format!("k{at} = 1\n")).collect()),
        ("too long", "#".repeat(3 << 20)),
    ] {
        let book = Book::new();
        book.write("book.toml", &text);
        book.page("content/page.md", &"{{ long }} {{ brand }} ".repeat(50_000));
        let run = book.build();
        assert!([0, 1, 2].contains(&run.code), "{name}: {}", run.findings);
    }
}

#[test]
fn summaries() {
    let chapters: String = (0..50_000).map(|at| format!("- [A](a{at}.md)\n")).collect();
    for (name, text) in [
        ("nothing", String::new()),
        ("chapters that are not there", chapters),
        ("the same chapter", "- [A](index.md)\n".repeat(50_000)),
        ("deep chapters", (0..1000).map(|depth| format!("{}- [A](index.md)\n", "  ".repeat(depth))).collect()),
        ("lists in lists", format!("{}[A](index.md)\n", "- ".repeat(10_000))),
        ("parts", "# Part\n\n".repeat(50_000)),
        ("text", "text *more*\n\n".repeat(50_000)),
        ("brackets", "[".repeat(100_000)),
        (
            "outside of the book",
            "- [A](../../../etc/passwd)\n- [B](/etc/passwd)\n- [C](..%2f..%2fetc/passwd)\n".to_owned(),
        ),
    ] {
        let book = Book::new();
        book.write("content/SUMMARY.md", &text);
        let run = book.build();
        assert!(run.code <= 1, "{name}: {}", run.findings);
        assert!(!book.shows("root:x:0"), "{name}");
    }
}

#[test]
fn words_and_templates() {
    for (path, text) in [
        ("themes/desk/words/en.yaml", bombs()[0].1.clone()),
        ("themes/desk/words/en.yaml", "[".repeat(100_000)),
        ("themes/desk/words/en.yaml", "\u{feff}\0".to_owned()),
        ("themes/desk/page.html", "{% if a %}".repeat(20_000)),
        ("themes/desk/page.html", format!("{{{{ {} }}}}", "(".repeat(20_000))),
        ("themes/desk/page.html", "{% include \"page.html\" %}".to_owned()),
        ("themes/desk/page.html", "{% extends \"page.html\" %}".to_owned()),
        ("themes/desk/desk.css", "a{".repeat(100_000)),
    ] {
        let book = Book::new();
        book.write(path, &text);
        let run = book.build();
        assert!([0, 1, 2].contains(&run.code), "{path}: {}", run.findings);
    }
}
