use super::*;
use serde_json::Value;

/// One error, one warning and one notice.
fn faulty() -> Desk {
    let desk = small();
    desk.write(
        "book.toml",
        "[book]\naudiences = [\"public\", \"staff\"]\n[variables]\nbrand = \"N\"\n[edition.help]\naudience = \"public\"\n",
    );
    desk.write("content/index.md", "---\naudience: public\n---\n# Home\n\nAt {{ brnad }}, see [it](faq/monye.md).\n");
    desk
}

#[test]
fn findings_are_data_and_the_count_is_not() {
    let desk = faulty();
    let ended = desk.ends(1, &["check", "--format", "short"]);
    assert_eq!(
        ended.out,
        "book.toml:5:10: notice[no-base-url]: no `base-url` for `help`: no canonical addresses, `hreflang`, sitemap and feed\n\
         content/index.md:6:4: warning[unknown-variable]: there is no variable `brnad`, so this stays as it is\n\
         content/index.md:6:21: error[broken-link]: there is no `faq/monye.md`\n"
    );
    assert_eq!(ended.err, "4 files checked: 1 error, 1 warning\n");
    assert!(!desk.has("book"), "nothing is written");
}

#[test]
fn people_see_the_line_a_caret_and_a_hint() {
    let out = faulty().ends(1, &["check"]).out;
    for part in [
        "error[broken-link]: there is no `faq/monye.md`",
        "content/index.md:6:21",
        "At {{ brnad }}, see [it](faq/monye.md).",
        "^^^^",
        "help: did you mean `faq/money.md`?",
    ] {
        assert!(out.contains(part), "no `{part}` in\n{out}");
    }
}

#[test]
fn programs_read_json_github_and_sarif() {
    let desk = faulty();
    let json = desk.ends(1, &["check", "--format", "json"]).out;
    let objects: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 3);
    assert_eq!(
        objects[2],
        serde_json::json!({
            "severity": "error", "code": "broken-link", "message": "there is no `faq/monye.md`",
            "file": "content/index.md", "line": 6, "column": 21, "hints": ["did you mean `faq/money.md`?"],
        })
    );
    let github = desk.ends(1, &["check", "--format", "github"]).out;
    assert!(
        github.contains("::error file=content/index.md,line=6,col=21,title=broken-link::there is no `faq/monye.md`")
    );
    let sarif: Value = serde_json::from_str(&desk.ends(1, &["check", "--format", "sarif"]).out).unwrap();
    assert_eq!(sarif["runs"][0]["results"][2]["ruleId"], "broken-link");
    assert_eq!(sarif["version"], "2.1.0");
}

#[test]
fn services_get_paths_from_where_the_command_runs() {
    let desk = Desk::empty();
    for (path, text) in SMALL {
        desk.write(&format!("docs/{path}"), text);
    }
    desk.write("docs/content/index.md", "[gone](gone.md)\n");
    let at = |format| desk.run(&["check", "docs", "--format", format]).out;
    assert!(at("github").contains("file=docs/content/index.md,"));
    assert!(at("sarif").contains("\"uri\": \"docs/content/index.md\""));
    assert!(at("short").starts_with("content/index.md:1:1: "), "{}", at("short"));
}

#[test]
fn a_book_without_faults_is_quiet() {
    let desk = small();
    let ended = desk.ends(0, &["check", "--strict"]);
    assert_eq!((ended.out.as_str(), ended.err.as_str()), ("", "4 files checked: 0 errors, 0 warnings\n"));
}

#[test]
fn warnings_count_under_strict_but_staleness_never_does() {
    let desk = small();
    desk.write("content/inside.md", "---\nreviewed: 2026-01-01\n---\n# Inside\n");
    let stale = desk.ends(0, &["check", "--strict", "--format", "short"]);
    assert!(stale.out.contains("warning[stale-page]"), "{stale:?}");
    desk.ends(0, &["build", "--strict"]);
    desk.write("content/inside.md", "---\ncolour: red\n---\n# Inside\n");
    desk.ends(0, &["check"]);
    desk.ends(0, &["build"]);
    for command in ["check", "build"] {
        let ended = desk.ends(1, &[command, "--strict", "--format", "short"]);
        assert!(ended.err.contains("0 errors, 1 warning, and `--strict` takes warnings for errors"), "{ended:?}");
    }
}

#[test]
fn reviews_are_counted_from_the_day_that_is_given() {
    let desk = small();
    desk.write("content/inside.md", "---\nreviewed: 2026-01-01\n---\n# Inside\n");
    let stale = |day: &str| desk.ends(0, &["check", "--today", day]).out.contains("stale-page");
    assert_eq!([stale("2026-06-30"), stale("2026-07-01")], [false, true]);
    let epoch = |seconds: &str| ended(desk.command(&["check"]).env("SOURCE_DATE_EPOCH", seconds));
    assert!(!epoch("0").out.contains("stale-page"));
    assert!(epoch(TODAY).out.contains("stale-page"));
    assert_eq!(epoch("yesterday").code, 2);
    assert!(epoch("yesterday").err.contains("`SOURCE_DATE_EPOCH` is `yesterday`"));
    for day in ["yesterday", "2026-02-30", "2026-13-01", "01.02.2026"] {
        desk.refuses(&["check", "--today", day], &["write a date as 2026-11-24"]);
    }
}

#[test]
fn a_faulty_configuration_is_wrong_usage() {
    let desk = small();
    desk.write("book.toml", "[book]\ntitel = \"x\"\n");
    for words in [&["check"][..], &["build"], &["build", "--lenient"]] {
        let ended = desk.ends(2, words);
        assert!((ended.out + &ended.err).contains("did you mean `title`?"));
    }
    assert!(!desk.has("book"));
}

#[test]
fn colour_is_for_those_who_want_it() {
    let desk = faulty();
    let colours = |name: &str, value: &str| {
        let ended = ended(desk.command(&["check"]).env(name, value));
        ended.out.contains('\u{1b}')
    };
    assert!(!colours("LC_ALL", "C"), "none in a pipe");
    assert!(colours("CLICOLOR_FORCE", "1"));
    assert!(!colours("NO_COLOR", "1"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let desk = faulty();
    for words in [&["check"][..], &["check", "--format", "sarif"], &["completions", "bash"], &["--help"]] {
        let mut child = desk.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        drop(child.stderr.take());
        let code = child.wait().unwrap().code();
        assert!(matches!(code, Some(0 | 1)), "{words:?}: {code:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let desk = faulty();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = desk.command(&["check"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write the output"));
}
