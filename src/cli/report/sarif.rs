//! SARIF 2.1.0 (OASIS, *Static Analysis Results Interchange Format*).

use super::{Texts, from_here, place};
use crate::diagnostic::{Code, Diagnostic, Severity};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::path::Path;

/// What may stand in a relative address as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

pub(super) fn log(findings: &[Diagnostic], folder: &Path, texts: Texts) -> String {
    let rules: Vec<Value> = Code::ALL
        .iter()
        .map(|code| json!({ "id": code.as_str(), "shortDescription": { "text": code.meaning() } }))
        .collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, folder, texts)).collect();
    let driver = json!({ "name": "deskbook", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    format!("{log:#}\n")
}

fn result(finding: &Diagnostic, folder: &Path, texts: Texts) -> Value {
    let (file, start, end) = place(finding.span.as_ref(), texts);
    let path = utf8_percent_encode(&from_here(folder, &file), PATH).to_string();
    let uri = if path.starts_with('/') { format!("file://{path}") } else { path };
    let text = std::iter::once(&finding.message).chain(&finding.hints).cloned().collect::<Vec<_>>().join("\n");
    let region = json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
    });
    let location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri },
            "region": region,
        },
    });
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "note",
    };
    json!({ "ruleId": finding.code.as_str(), "level": level, "message": { "text": text }, "locations": [location] })
}
