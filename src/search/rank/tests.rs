use super::*;
use crate::search::{Corpus, Unit, index};
use proptest::prelude::*;

fn unit(title: &str, text: &str) -> Unit {
    Unit {
        url: format!("faq.html#{}", title.to_lowercase().replace(' ', "-")),
        title: title.into(),
        page_url: "faq.html".into(),
        page_title: "FAQ".into(),
        kind: "faq",
        text: text.into(),
        aliases: Vec::new(),
    }
}

fn english(synonyms: &[&[&str]]) -> Index {
    let units = vec![
        unit("How do I withdraw money?", "Open the wallet and choose an amount. It arrives within a day."),
        unit("Why was my passport refused?", "The picture must be sharp, and all four corners in it."),
        unit("Forgotten password", "Ask for a new password on the page where you sign in."),
        unit("Bonus rules", "A bonus is paid once. Bonus money can be withdrawn after it was wagered."),
    ];
    let synonyms = synonyms.iter().map(|group| group.iter().map(|word| word.to_string()).collect()).collect();
    index::build(&Corpus { language: "en".into(), units, synonyms })
}

fn russian() -> Index {
    let units = vec![
        unit("Как вывести деньги?", "Откройте кошелёк и выберите сумму."),
        unit("Почему не приняли паспорт?", "Снимок должен быть чётким."),
        unit("Забыли пароль", "Запросите новый пароль на странице входа."),
    ];
    index::build(&Corpus { language: "ru".into(), units, synonyms: Vec::new() })
}

/// The units found, best first.
fn found(index: &Index, query: &str) -> Vec<u32> {
    search(index, query, 10, None).hits.iter().map(|hit| hit.unit).collect()
}

fn corrected(index: &Index, query: &str) -> Option<String> {
    search(index, query, 10, None).corrected
}

#[test]
fn other_forms_of_a_word_are_found() {
    assert_eq!(found(&english(&[]), "withdrawing ")[0], 0);
    assert_eq!(found(&russian(), "паролем ")[0], 2);
}

#[test]
fn the_other_keyboard_layout_is_understood() {
    let answer = search(&russian(), "rfr dsdtcnb ltymub", 10, None);
    assert_eq!(answer.hits[0].unit, 0);
    assert_eq!(answer.corrected.as_deref(), Some("как вывести деньги"));
    assert_eq!(corrected(&english(&[]), "ащкпщееут зфыыцщкв").as_deref(), Some("forgotten password"));
    // keys with punctuation on them
    assert_eq!(corrected(&russian(), "pf,skb gfhjkm").as_deref(), Some("забыли пароль"));
}

#[test]
fn one_slip_is_mended_and_named() {
    let english = english(&[]);
    for slip in ["pasport", "passportt", "pasxport", "psasport", "oassport", "apssport"] {
        assert_eq!(found(&english, slip).first(), Some(&1), "{slip}");
        assert_eq!(corrected(&english, slip).as_deref(), Some("passport"), "{slip}");
    }
    assert_eq!(found(&english, "pxssxort"), [0u32; 0], "two slips are another word");
}

#[test]
fn words_of_the_language_are_never_taken_for_slips() {
    assert_eq!(corrected(&english(&[]), "please"), None);
    assert_eq!(found(&english(&[]), "please"), [0u32; 0]);
}

#[test]
fn the_last_word_may_be_half_typed() {
    let english = english(&[]);
    assert_eq!(found(&english, "passp"), [1]);
    assert_eq!(found(&english, "forgotten passp")[0], 2);
    assert_eq!(found(&english, "passp "), [0u32; 0], "a space ends the word");
    assert_eq!(found(&english, "pa"), [0u32; 0], "two letters begin too many words");
}

#[test]
fn words_that_mean_the_same_are_found() {
    let with = english(&[&["get my cash", "withdraw"], &["credentials", "password"]]);
    assert_eq!(found(&with, "credentials "), [2]);
    assert_eq!(found(&with, "get my cash ")[0], 0);
    assert_eq!(corrected(&with, "credentials "), None);
}

#[test]
fn neighbours_count_more_than_words_apart() {
    let units = vec![unit("One", "a red card and a green door"), unit("Two", "a green card and a red door")];
    let index = index::build(&Corpus { language: "en".into(), units, synonyms: Vec::new() });
    assert_eq!(found(&index, "green card "), [1, 0]);
    assert_eq!(found(&index, "red card "), [0, 1]);
}

#[test]
fn a_question_that_is_covered_wholly_comes_first() {
    let units = vec![unit("Delete an old account of a company", ""), unit("Delete an account", "")];
    let index = index::build(&Corpus { language: "en".into(), units, synonyms: Vec::new() });
    assert_eq!(found(&index, "delete account "), [1, 0]);
}

#[test]
fn past_questions_are_found_but_not_shown() {
    let mut asked = unit("Payouts", "Choose an amount.");
    asked.aliases = vec!["where the hell is my dough".into()];
    let units = vec![unit("Cards", "We take all cards."), asked];
    let index = index::build(&Corpus { language: "en".into(), units, synonyms: Vec::new() });
    assert_eq!(found(&index, "dough "), [1]);
}

#[test]
fn kinds_are_counted_before_one_is_chosen() {
    let mut module = unit("Passport in depth", "How to read a passport.");
    module.kind = "module";
    let units = vec![module, unit("Passport", "Show it.")];
    let index = index::build(&Corpus { language: "en".into(), units, synonyms: Vec::new() });
    let answer = search(&index, "passport", 10, Some("module"));
    assert_eq!(answer.hits.iter().map(|hit| hit.unit).collect::<Vec<_>>(), [0]);
    assert_eq!(answer.kinds, BTreeMap::from([("faq", 1), ("module", 1)]));
}

#[test]
fn an_explanation_names_the_words_that_matched() {
    let reasons = explain(&english(&[]), "pasport refused please", 1);
    let words: Vec<_> = reasons.iter().map(|reason| (reason.word.as_str(), reason.stem.as_str())).collect();
    assert_eq!(words, [("refused", "refus"), ("pasport", "passport")]);
}

#[test]
fn languages_without_an_algorithm_have_plain_words() {
    let units = vec![unit("パスワード", "忘れた"), unit("Heslo 123", "zapomenuté")];
    let index = index::build(&Corpus { language: "ja".into(), units, synonyms: Vec::new() });
    assert_eq!(found(&index, "パスワード"), [0]);
    assert_eq!(found(&index, "heslo 123"), [1]);
}

#[test]
fn an_empty_book_finds_nothing() {
    let index = index::build(&Corpus { language: "en".into(), units: Vec::new(), synonyms: Vec::new() });
    assert_eq!(search(&index, "anything", 10, None).hits, []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_and_query_is_ranked(texts in prop::collection::vec(("\\PC{0,40}", "\\PC{0,80}"), 1..6), query in "\\PC{0,60}") {
        let units: Vec<Unit> = texts.iter().map(|(title, text)| unit(title, text)).collect();
        for language in ["en", "ru", "ja"] {
            let index = index::build(&Corpus { language: language.into(), units: units.clone(), synonyms: Vec::new() });
            let answer = search(&index, &query, 10, None);
            prop_assert!(answer.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
            prop_assert!(answer.hits.iter().all(|hit| hit.score > 0.0));
        }
    }
}
