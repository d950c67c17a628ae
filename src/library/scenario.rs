//! Scenarios: headings are scenes, list items that are a link to a scene are choices.

use super::markdown::Reference;
use super::pieces::Header;
use super::quiz::{feedback, with_feedback};
use crate::address::slug;
use crate::article::*;
use crate::diagnostic::{Code, Diagnostic, Findings, did_you_mean};
use crate::span::ByteRange;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Reads the scenario between `:::scenario` and its end.
pub(super) fn build(
    header: &Header,
    blocks: Vec<Block>,
    references: &mut [Reference],
    source: &str,
    file: &Arc<str>,
    findings: &mut Findings,
) -> Scenario {
    let mut report = |code, at: ByteRange, message: String, hint: String| {
        findings.push(Diagnostic::at(file, at, code, message).hint(hint));
    };
    let pass = header.attributes.iter().find(|attribute| &*attribute.key == "pass");
    let pass = pass.and_then(|pass| {
        let number = pass.value.parse().ok();
        if number.is_none() {
            report(
                Code::BadAttribute,
                pass.at,
                format!("`pass` does not work with `{}`", pass.value),
                "write a whole number: `{pass=4}`".into(),
            );
        }
        number
    });
    let mut scenario = Scenario { id: header.id.clone(), title: header.title.clone(), pass, ..Scenario::default() };
    let level = blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Heading(heading) => Some(heading.level),
        _ => None,
    });
    for block in with_feedback(blocks, source) {
        match (scenario.scenes.last_mut(), block.kind) {
            (_, BlockKind::Heading(heading)) if Some(heading.level) == level => {
                scenario.scenes.push(scene(*heading, block.at, &mut report));
            }
            (None, kind) => scenario.intro.push(Block { at: block.at, kind }),
            (Some(scene), BlockKind::List(list))
                if list.items.iter().all(|item| choice(item, references).is_some()) =>
            {
                scene.choices.extend(list.items.into_iter().filter_map(|item| turn(item, references, &mut report)));
            }
            (Some(scene), kind) => scene.blocks.push(Block { at: block.at, kind }),
        }
    }
    check(&scenario, header.at, &mut report);
    scenario
}

/// Among more scenes than these, no search for the one that was meant.
const MOST_COMPARED: usize = 200;

type Report<'a> = dyn FnMut(Code, ByteRange, String, String) + 'a;

fn scene(mut heading: Heading, at: ByteRange, report: &mut Report) -> Scene {
    if !heading.explicit {
        // choices name scenes, so a scene's id is fixed where it is written
        heading.id = slug(&plain_text(&heading.inlines)).into();
        heading.explicit = true;
    }
    let written = heading.attributes.iter().find(|(key, _)| &**key == "outcome").map(|(_, value)| value.clone());
    let outcome = written.and_then(|word| match &*word {
        "good" => Some(Outcome::Good),
        "fair" => Some(Outcome::Fair),
        "bad" => Some(Outcome::Bad),
        other => {
            let hint = did_you_mean(other, ["good", "fair", "bad"]);
            report(Code::BadAttribute, at, format!("there is no outcome `{other}`"), hint);
            None
        }
    });
    Scene { at, heading, outcome, blocks: Vec::new(), choices: Vec::new() }
}

/// The reference to a scene that an item is, if it is one.
fn choice(item: &Item, references: &[Reference]) -> Option<usize> {
    let (BlockKind::Plain(inlines) | BlockKind::Paragraph(inlines)) = &item.blocks.first()?.kind else { return None };
    let Inline::Link { target, .. } = inlines.first()? else { return None };
    let index = target.0 as usize;
    references.get(index)?.href.starts_with('#').then_some(index)
}

fn turn(mut item: Item, references: &mut [Reference], report: &mut Report) -> Option<Turn> {
    let index = choice(&item, references)?;
    // where it leads is checked here, among the scenes, and not once more among the ids of the page
    let href = std::mem::take(&mut references[index].href);
    let to: Box<str> = percent_encoding::percent_decode_str(&href[1..]).decode_utf8_lossy().as_ref().into();
    let feedback = feedback(&mut item.blocks);
    let score = item.attributes.iter().find(|(key, _)| &**key == "score").map(|(_, value)| value.clone());
    let score = score.map_or(0, |value| {
        value.parse().unwrap_or_else(|_| {
            report(
                Code::BadAttribute,
                item.at,
                format!("`score` does not work with `{value}`"),
                "write a whole number: `{score=2}`".into(),
            );
            0
        })
    });
    let inlines = match item.blocks.into_iter().next()?.kind {
        BlockKind::Plain(inlines) | BlockKind::Paragraph(inlines) => inlines,
        _ => return None,
    };
    let words = inlines.iter().flat_map(|inline| match inline {
        Inline::Link { inlines, .. } => inlines.as_slice(),
        other => std::slice::from_ref(other),
    });
    Some(Turn { at: item.at, inlines: words.cloned().collect(), to, score, feedback })
}

/// Checks that every choice leads somewhere, every scene can be reached, and every scene leads to an outcome.
fn check(scenario: &Scenario, at: ByteRange, report: &mut Report) {
    let Some(first) = scenario.scenes.first() else {
        let hint = "write each scene as a heading: `### The chat opens {#opening}`";
        return report(Code::ScenarioNoWayOut, at, "this scenario has no scenes".into(), hint.into());
    };
    let ids: BTreeMap<&str, &Scene> = scenario.scenes.iter().map(|scene| (&*scene.heading.id, scene)).collect();
    for choice in scenario.scenes.iter().flat_map(|scene| &scene.choices) {
        if !ids.contains_key(&*choice.to) {
            let hint = match ids.len() {
                0..=MOST_COMPARED => did_you_mean(&choice.to, ids.keys().copied()),
                _ => "write the id of a scene".to_owned(),
            };
            report(
                Code::ScenarioDeadLink,
                choice.at,
                format!("this choice leads to `#{}`, which is no scene here", choice.to),
                hint,
            );
        }
    }
    let reached = closure([&*first.heading.id], |id| {
        ids.get(id).into_iter().flat_map(|scene| scene.choices.iter().map(|choice| &*choice.to)).collect()
    });
    let mut sources: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for scene in &scenario.scenes {
        scene.choices.iter().for_each(|choice| sources.entry(&choice.to).or_default().push(&scene.heading.id));
    }
    let outcomes = scenario.scenes.iter().filter(|scene| scene.outcome.is_some()).map(|scene| &*scene.heading.id);
    let finishing = closure(outcomes, |id| sources.get(id).cloned().unwrap_or_default());
    for scene in &scenario.scenes {
        let id = &*scene.heading.id;
        if !reached.contains(id) {
            let hint = format!("let a choice lead to it: `- [What to say](#{id})`");
            report(Code::ScenarioUnreachable, scene.at, format!("no choice leads to the scene `#{id}`"), hint);
        } else if !finishing.contains(id) {
            let hint = "give it choices, or an outcome: `{outcome=good}`".to_owned();
            report(Code::ScenarioNoWayOut, scene.at, format!("no outcome can be reached from the scene `#{id}`"), hint);
        }
    }
}

/// Everything that can be reached from `start`.
fn closure<'a>(start: impl IntoIterator<Item = &'a str>, next: impl Fn(&str) -> Vec<&'a str>) -> BTreeSet<&'a str> {
    let mut waiting: Vec<&str> = start.into_iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            waiting.extend(next(id));
        }
    }
    reached
}
