//! What a new page of each kind begins with: words to replace, in an order that works.

use super::super::args::Kind;

/// A file's name as a title: `05-late-payout` → `Late payout`.
pub(super) fn readable(name: &str) -> String {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest =
        name[digits..].strip_prefix('-').filter(|rest| (1..=3).contains(&digits) && !rest.is_empty()).unwrap_or(name);
    let words = rest.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The text of a new page. `today` is an ISO 8601 date.
pub(super) fn page(kind: Kind, title: &str, language: &str, today: &str) -> String {
    let title = format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""));
    let (front, body) = match language {
        "ru" => (front_matter(kind, today, "Ученик сможет…"), russian(kind)),
        _ => (front_matter(kind, today, "The learner can …"), english(kind)),
    };
    format!("---\ntitle: {title}\n{front}---\n\n{body}")
}

fn front_matter(kind: Kind, today: &str, objective: &str) -> String {
    match kind {
        Kind::Page => String::new(),
        Kind::Track => "kind: track\n".to_owned(),
        Kind::Module => format!("kind: module\nminutes: 10\nreviewed: {today}\nobjectives:\n  - {objective}\n"),
        Kind::Updates => "kind: updates\n".to_owned(),
        Kind::Update => format!("kind: update\ndate: {today}\nsignificant: false\n"),
        Kind::Procedures => "kind: procedures\n".to_owned(),
        Kind::Procedure => format!("kind: procedure\nreviewed: {today}\n"),
        Kind::Scenarios => "kind: scenarios\n".to_owned(),
        Kind::Scenario => "kind: scenario\n".to_owned(),
        Kind::Faq => "kind: faq\naudience: public\n".to_owned(),
        Kind::Topic => format!("kind: topic\nreviewed: {today}\n"),
    }
}

fn english(kind: Kind) -> &'static str {
    match kind {
        Kind::Module => {
            "What the learner needs to know, and why.\n\n:::quiz {pass=80%}\n### A question that asks to apply it? {#first}\n- [x] The right answer\n  > Why it is right.\n- [ ] A likely mistake\n  > Why it is wrong.\n:::\n"
        }
        Kind::Procedure => {
            "## 1. First stage {#first}\n\n:::checklist\n- [ ] What to do\n:::\n\n:::reply {channel=chat}\nHello {name}, …\n:::\n"
        }
        Kind::Scenario => {
            ":::scenario {pass=2}\n### The chat opens {#opening}\n> **Customer:** …\n\n- [A good answer](#good) {score=2}\n  > Why it works.\n- [A poor answer](#poor) {score=0}\n  > Why it does not.\n\n### It ends well {#good outcome=good}\nThe customer thanks you.\n\n### It ends badly {#poor outcome=bad}\nThe customer leaves.\n:::\n"
        }
        Kind::Topic => {
            "## A question as customers ask it? {#first}\n\nThe answer, first in one sentence.\n\n:::asked\n- how customers really typed it\n:::\n"
        }
        Kind::Update => "What changed, for whom, and what staff do differently from today.\n",
        _ => "One sentence on what stands here.\n",
    }
}

fn russian(kind: Kind) -> &'static str {
    match kind {
        Kind::Module => {
            "Что нужно знать и зачем.\n\n:::quiz {pass=80%}\n### Вопрос, в котором знание нужно применить? {#first}\n- [x] Верный ответ\n  > Почему он верен.\n- [ ] Частая ошибка\n  > Почему это неверно.\n:::\n"
        }
        Kind::Procedure => {
            "## 1. Первый этап {#first}\n\n:::checklist\n- [ ] Что сделать\n:::\n\n:::reply {channel=chat}\nЗдравствуйте, {имя}! …\n:::\n"
        }
        Kind::Scenario => {
            ":::scenario {pass=2}\n### Чат открыт {#opening}\n> **Клиент:** …\n\n- [Хороший ответ](#good) {score=2}\n  > Почему он помогает.\n- [Неудачный ответ](#poor) {score=0}\n  > Почему он не помогает.\n\n### Всё решилось {#good outcome=good}\nКлиент благодарит.\n\n### Не получилось {#poor outcome=bad}\nКлиент уходит.\n:::\n"
        }
        Kind::Topic => {
            "## Вопрос словами клиента? {#first}\n\nОтвет, сначала одной фразой.\n\n:::asked\n- как клиенты пишут это на самом деле\n:::\n"
        }
        Kind::Update => "Что изменилось, для кого и что сотрудники теперь делают иначе.\n",
        _ => "Одна фраза о том, что здесь находится.\n",
    }
}
