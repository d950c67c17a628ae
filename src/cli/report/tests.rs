use super::*;
use crate::diagnostic::Code;

fn shown(format: Format) -> String {
    let file: Arc<str> = "content/платежи.md".into();
    let text: Arc<str> = "# Платежи\n\nСм. [возврат](no.md)\n".into();
    let start = text.find("[возврат").unwrap();
    let finding =
        Diagnostic::at(&file, start..start + 22, Code::BrokenLink, "there is no `no.md`").hint("did you mean `on.md`?");
    let report = report(&[finding], format, Path::new("."), &|name| (name == &*file).then(|| text.clone()));
    anstream::adapter::strip_str(&report).to_string()
}

#[test]
fn short_and_github_lines() {
    assert_eq!(shown(Format::Short), "content/платежи.md:3:5: error[broken-link]: there is no `no.md`\n");
    let expected =
        "::error file=content/платежи.md,line=3,col=5,title=broken-link::there is no `no.md`%0Adid you mean `on.md`?\n";
    assert_eq!(shown(Format::Github), expected);
}

#[test]
fn json_lines_have_their_keys_in_order() {
    let expected = concat!(
        r#"{"severity":"error","code":"broken-link","message":"there is no `no.md`","file":"content/платежи.md","#,
        r#""line":3,"column":5,"hints":["did you mean `on.md`?"]}"#,
        "\n"
    );
    assert_eq!(shown(Format::Json), expected);
}

#[test]
fn people_see_the_line_and_a_caret() {
    let expected = "\
error[broken-link]: there is no `no.md`
 --> content/платежи.md:3:5
  |
3 | См. [возврат](no.md)
  |     ^^^^^^^^^^^^^^^
  |
  = help: did you mean `on.md`?

";
    assert_eq!(shown(Format::Human), expected);
}

#[test]
fn a_finding_on_the_whole_book_stands_at_its_configuration() {
    let finding = Diagnostic::of_book(Code::NoBaseUrl, "no address");
    assert_eq!(short(&finding, &|_| None), "book.toml:1:1: notice[no-base-url]: no address\n");
    assert!(as_json(&finding, &|_| None).contains(r#""file":"book.toml","line":1,"column":1,"hints":[]"#));
}

#[test]
fn sarif_has_a_rule_for_every_code() {
    let log: serde_json::Value = serde_json::from_str(&shown(Format::Sarif)).unwrap();
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().len(), Code::ALL.len());
    assert_eq!(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"], 5);
}
