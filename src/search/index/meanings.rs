//! Words that mean the same join the index: as relations between stems, and as phrases.

use super::{Index, Phrase, Stem, number};
use crate::search::knowledge::{Group, Knowledge};
use crate::search::stem::Stems;
use std::collections::{BTreeMap, BTreeSet};

/// Adds what the knowledge has for this index: words that the language has though the book does not, and what means
/// the same as words of the book.
pub fn add(index: &mut Index, knowledge: &Knowledge, stems: Stems) {
    let mut singles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut phrases: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
    for group in &knowledge.groups {
        for (place, member) in group.iter().enumerate() {
            let means = others(group, place, index);
            match &member[..] {
                _ if means.is_empty() => {}
                [single] => singles.entry(single.clone()).or_default().extend(means),
                _ => phrases.entry(member.clone()).or_default().extend(means),
            }
        }
    }
    let known = knowledge.light.keys().map(|form| stems.stem(form)).chain(singles.keys().cloned());
    add_stems(index, known.collect());
    let numbers = |means: BTreeSet<String>, index: &Index| -> Vec<u32> {
        means.iter().filter_map(|stem| number(&index.stems, stem)).collect()
    };
    for (stem, means) in singles {
        let related = numbers(means, index);
        if let Some(place) = number(&index.stems, &stem) {
            index.stems[place as usize].related = related.into_iter().filter(|other| *other != place).collect();
        }
    }
    index.phrases = phrases.into_iter().map(|(stems, means)| Phrase { stems, means: numbers(means, index) }).collect();
}

/// What the other members of a group are in this index: of a phrase the stem that tells most, if all of it is there.
fn others(group: &Group, place: usize, index: &Index) -> Vec<String> {
    let others = group.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, member)| member);
    let telling = |member: &Vec<String>| {
        let stems: Option<Vec<&Stem>> = member.iter().map(|stem| with_postings(index, stem)).collect();
        stems?.into_iter().max_by_key(|stem| stem.weight).map(|stem| stem.text.clone())
    };
    others.filter_map(telling).collect()
}

fn with_postings<'a>(index: &'a Index, stem: &str) -> Option<&'a Stem> {
    let stem = &index.stems[number(&index.stems, stem)? as usize];
    (!stem.postings.is_empty()).then_some(stem)
}

/// Adds stems without postings, and moves the numbers of all others in `words`.
fn add_stems(index: &mut Index, known: BTreeSet<String>) {
    let old: Vec<String> = index.words.iter().map(|word| index.stems[word.stem as usize].text.clone()).collect();
    let new: Vec<String> = known.into_iter().filter(|stem| number(&index.stems, stem).is_none()).collect();
    index.stems.extend(new.into_iter().map(|text| Stem { text, weight: 1, ..Stem::default() }));
    index.stems.sort_by(|a, b| a.text.cmp(&b.text));
    for (word, stem) in index.words.iter_mut().zip(old) {
        word.stem = number(&index.stems, &stem).unwrap_or_default();
    }
}
