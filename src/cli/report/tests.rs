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
fn json_objects() {
    let object: serde_json::Value = serde_json::from_str(&shown(Format::Json)).unwrap();
    assert_eq!(object["line"], 3);
    assert_eq!(object["hints"][0], "did you mean `on.md`?");
}

#[test]
fn people_see_the_line_and_a_caret() {
    let report = shown(Format::Human);
    for part in [
        "error[broken-link]: there is no `no.md`",
        "content/платежи.md:3:5",
        "См. [возврат](no.md)",
        "^^^^",
        "help: did you mean",
    ] {
        assert!(report.contains(part), "{part} in\n{report}");
    }
}

#[test]
fn sarif_has_a_rule_for_every_code() {
    let log: serde_json::Value = serde_json::from_str(&shown(Format::Sarif)).unwrap();
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().len(), Code::ALL.len());
    assert_eq!(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"], 5);
}
