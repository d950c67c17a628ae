//! What the program knows of a language before it has seen a book: words that say little, and words that mean the same
//! when people ask for help. Read from `knowledge/`, which may be edited like any text.

use super::stem::{Stems, without_region};
use super::words::words;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How much a word of [`Light::empty`] counts beside a word with a meaning of its own. Measured on ten sets of questions:
/// to leave such words out (a stop list) loses on all sets of short questions, since *how* and *when* tell them apart.
const EMPTY: f64 = 0.6;
/// The same for [`Light::light`].
const LIGHT: f64 = 0.8;

/// Words and phrases that mean the same, each as the stems of its words.
pub type Group = Vec<Vec<String>>;

/// Every index of a language needs the same lists: they are read and stemmed once.
static ENGLISH: LazyLock<Knowledge> = LazyLock::new(|| {
    let lists = [include_str!("knowledge/en.synonyms.yaml")];
    Knowledge::shipped("en", include_str!("knowledge/en.light.yaml"), &lists)
});
static RUSSIAN: LazyLock<Knowledge> = LazyLock::new(|| {
    let lists = [include_str!("knowledge/ru.synonyms.yaml"), include_str!("knowledge/ru.families.yaml")];
    Knowledge::shipped("ru", include_str!("knowledge/ru.light.yaml"), &lists)
});

/// What is known of one language.
#[derive(Clone, Default)]
pub struct Knowledge {
    /// By form: how much a word counts, below 1. All others count 1.
    pub light: BTreeMap<String, f64>,
    pub groups: Vec<Group>,
}

/// The file of words that occur in any question, whatever its subject.
#[derive(Deserialize)]
struct Light {
    /// Grammar alone: articles, pronouns, prepositions.
    empty: Vec<String>,
    /// Question words, politeness, negations.
    light: Vec<String>,
    /// General verbs and nouns. They count in full: less was tried, and lost.
    common: Vec<String>,
}

impl Knowledge {
    /// For a language by its code, with the book's own groups first.
    pub fn of(language: &str, own: &[Vec<String>], stems: Stems) -> Knowledge {
        let mut knowledge = match without_region(language) {
            "en" => ENGLISH.clone(),
            "ru" => RUSSIAN.clone(),
            _ => Knowledge::default(),
        };
        knowledge.groups.splice(..0, own.iter().map(|group| as_stems(group, stems)));
        knowledge
    }

    fn shipped(language: &str, light: &str, lists: &[&str]) -> Knowledge {
        let stems = Stems::of(language);
        let groups = lists.iter().flat_map(|list| read::<Vec<Vec<String>>>(list));
        Knowledge { light: light_words(light), groups: groups.map(|group| as_stems(&group, stems)).collect() }
    }
}

/// A file of ours, which a test reads.
fn read<T: serde::de::DeserializeOwned + Default>(text: &str) -> T {
    serde_yaml::from_str(text).unwrap_or_default()
}

fn light_words(text: &str) -> BTreeMap<String, f64> {
    let lists: Option<Light> = serde_yaml::from_str(text).ok();
    let lists = lists.into_iter().flat_map(|lists| [(lists.empty, EMPTY), (lists.light, LIGHT), (lists.common, 1.0)]);
    let forms = lists.flat_map(|(list, level)| list.into_iter().map(move |word| (word, level)));
    forms.flat_map(|(text, level)| words(&text).into_iter().map(move |word| (word.text, level))).collect()
}

/// A group's members as stems; what has no word is left out.
fn as_stems(group: &[String], stems: Stems) -> Group {
    let member = |text: &String| words(text).iter().map(|word| stems.stem(&word.text)).collect::<Vec<_>>();
    group.iter().map(member).filter(|member| !member.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_lists_are_read() {
        for (language, groups) in [("en", 700), ("ru", 1400)] {
            let known = Knowledge::of(language, &[], Stems::of(language));
            assert!(known.groups.len() >= groups, "{language}: {} groups", known.groups.len());
            assert!(known.groups.iter().all(|group| group.len() > 1), "{language}: a group of one says nothing");
            assert!(known.light.len() > 400, "{language}: {} light words", known.light.len());
        }
    }

    #[test]
    fn other_languages_have_the_groups_of_the_book_alone() {
        let known = Knowledge::of("de", &[vec!["Geld abheben".into(), "Auszahlung".into()]], Stems::of("de"));
        assert_eq!(known.groups, [[vec!["geld", "abheb"], vec!["auszahl"]]]);
        assert!(known.light.is_empty());
    }
}
