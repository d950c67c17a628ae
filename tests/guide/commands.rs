//! Every command that the guide shows is one, and its page of commands names every option.

use super::page::{self, Block};
use std::collections::BTreeSet;

/// The command lines of `deskbook` in a block, each as its words.
fn commands(block: &Block) -> Vec<Vec<String>> {
    let lines = block
        .text
        .lines()
        .map(|line| line.trim().trim_start_matches("- ").trim_start_matches("run: ").trim_start_matches("! "));
    let parts = lines.flat_map(|line| line.split("&&")).flat_map(|part| part.split(" | "));
    let begins = |part: &&str| part.starts_with("deskbook ");
    parts.map(str::trim).filter(begins).map(words).collect()
}

/// Words as a shell divides them, up to a redirection or a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("there is one").push(letter),
        }
    }
    let ends = |word: &&String| !matches!(word.as_str(), ">" | "#" | "2>" | "||");
    words.iter().take_while(ends).filter(|word| !word.is_empty()).cloned().collect()
}

fn parsed(words: &[String]) -> Result<(), String> {
    match deskbook::cli::command().try_get_matches_from(words) {
        Ok(_) => Ok(()),
        Err(error) if matches!(error.exit_code(), 0) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn every_command_line_parses() {
    let mut count = 0;
    let mut report = String::new();
    for page in page::all() {
        let blocks = page.sections.iter().flat_map(|section| &section.blocks);
        let in_blocks = blocks.filter(|block| block.language != "text").flat_map(commands);
        let in_lines = page.sections.iter().flat_map(|section| &section.codes);
        let in_lines =
            in_lines.filter(|code| code.starts_with("deskbook ") && !code.contains(['[', '…'])).map(|code| words(code));
        for words in in_blocks.chain(in_lines) {
            count += 1;
            if let Err(error) = parsed(&words) {
                report += &format!("{}: {}\n{error}\n", page.path, words.join(" "));
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
    assert!(count > 20, "{count} command lines are found");
}

#[test]
fn every_command_and_every_option_is_in_the_reference() {
    let page = page::one("reference/commands.md");
    let program = deskbook::cli::command();
    for command in program.get_subcommands() {
        let named: BTreeSet<String> =
            page.section(command.get_name()).rows.iter().flat_map(|row| row.names.iter().cloned()).collect();
        let mut known = BTreeSet::new();
        for argument in command.get_arguments().filter(|argument| argument.get_id() != "help") {
            let long = argument.get_long().map(|long| format!("--{long}"));
            let short = argument.get_short().map(|short| format!("-{short}"));
            let value = argument.get_value_names().and_then(|names| names.first()).map(|name| name.to_string());
            match (&long, &short) {
                (None, None) => known.extend(value),
                _ => known.extend(long.into_iter().chain(short)),
            }
        }
        assert_eq!(named, known, "deskbook {}", command.get_name());
    }
}
