use super::*;
use crate::article::*;
use crate::audience::{Audience, Audiences};
use crate::config::{EditionConfig, LanguageConfig};
use crate::library::{Entry, Work};
use crate::plan::plan;
use crate::span::ByteRange;
use std::sync::Arc;

fn config() -> Config {
    let language = |code: &str, title: &str| LanguageConfig { code: code.into(), title: title.into() };
    Config {
        src_given: true,
        title: "Desk".into(),
        src: "content".into(),
        audiences: Audiences { names: vec!["public".into(), "staff".into()] },
        languages: vec![language("en", "Desk"), language("ru", "Стол")],
        editions: vec![EditionConfig { name: "help".into(), audience: Audience(0), label: None, base_url: None }],
        variables: Vec::new(),
        channels: Vec::new(),
        theme: "desk".into(),
        look: Default::default(),
        raw_html: false,
        synonyms: None,
        search_tests: None,
        build_dir: "book".into(),
        review_every: None,
    }
}

fn block(kind: BlockKind) -> Block {
    Block { at: ByteRange::default(), kind }
}

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

fn paragraph(text: &str) -> Block {
    block(BlockKind::Paragraph(words(text).into()))
}

fn link(target: u32, text: &str) -> Block {
    let link = Inline::Link { target: TargetId(target), title: "".into(), inlines: words(text) };
    block(BlockKind::Paragraph([link].into()))
}

fn article(language: u8, title: &str, body: Vec<Block>, targets: Vec<Target>) -> Article {
    Article {
        language: Language(language),
        file: "content/x.md".into(),
        title: title.into(),
        meta: Meta::default(),
        body: body.into(),
        targets: targets.into(),
    }
}

fn work(edition: &mut Edition, kind: Kind, address: &str, articles: [Option<Article>; 2]) -> WorkId {
    let id = WorkId(edition.works.len() as u32);
    edition.works.push(Work {
        id,
        kind,
        address: address.into(),
        articles: articles.into(),
        aliases: vec![],
        parent: None,
    });
    id
}

fn chapter(title: &str, work: Option<WorkId>, children: Vec<Entry>) -> Entry {
    Entry::Chapter { title: title.into(), work, children }
}

fn edition() -> Edition {
    Edition {
        name: "help".into(),
        base_url: None,
        widest: true,
        works: Vec::new(),
        contents: vec![Vec::new(), Vec::new()],
        assets: Vec::new(),
        label: Vec::new(),
        logo: None,
        footer: Vec::new(),
        synonyms: vec![Vec::new(); 2],
    }
}

/// The text of the output at `address`.
fn rendered(edition: &Edition, address: &str) -> String {
    rendered_with(edition, address, &[])
}

fn rendered_with(edition: &Edition, address: &str, overrides: &[(String, Arc<str>)]) -> String {
    let config = config();
    let (theme, findings) = crate::theme::load("desk", None, overrides, &["en".into(), "ru".into()]);
    assert!(findings.is_empty(), "{findings:?}");
    let plan = plan(edition, &config);
    let memory = Memory::default();
    let site = site(&Indexes::new(edition, &plan, &config), &theme, &memory);
    let index = site.outputs.iter().position(|output| output.address == address).expect("the output is planned");
    String::from_utf8(site.bytes(index).expect("it renders")).expect("UTF-8")
}

#[track_caller]
fn has(html: &str, part: &str) {
    assert!(html.contains(part), "`{part}` is not in:\n{html}");
}

#[test]
fn every_kind_renders_in_both_languages_with_everything_escaped() {
    for kind in Kind::ALL.iter().copied() {
        let mut edition = edition();
        let text = || article(0, "A <b> & \"c\"", vec![paragraph("1 < 2 & <script>")], vec![]);
        work(&mut edition, kind, "a/x.html", [Some(text()), None]);
        for address in ["a/x.html", "ru/a/x.html", "index.html", "ru/index.html", "404.html"] {
            let html = rendered(&edition, address);
            assert!(!html.contains("<script>") && !html.contains("style=") && !html.contains("<b> &"), "{html}");
        }
        has(&rendered(&edition, "a/x.html"), "1 &lt; 2 &amp; &lt;script&gt;");
    }
}

#[test]
fn a_missing_translation_shows_the_original_with_a_notice_and_links_in_the_readers_language() {
    let mut edition = edition();
    let to = |work| Target::Page { work: WorkId(work), language: None, fragment: Some("два слова".into()) };
    let body = vec![link(0, "there"), link(1, "gone"), link(2, "out")];
    let targets = vec![to(1), Target::Nowhere, Target::Outside("https://x.example/".into())];
    work(&mut edition, Kind::Page, "a/x.html", [Some(article(0, "X", body, targets)), None]);
    let own = [Some(article(0, "Y", vec![], vec![])), Some(article(1, "Й", vec![], vec![]))];
    work(&mut edition, Kind::Page, "b/y.html", own);
    let html = rendered(&edition, "ru/a/x.html");
    has(&html, "<html lang=\"ru\"");
    has(&html, "id=\"main\" lang=\"en\"");
    has(&html, "Перевода пока нет");
    has(&html, "<a href=\"../b/y.html#%D0%B4%D0%B2%D0%B0%20%D1%81");
    has(&html, "<p>gone</p>");
    has(&html, "rel=\"noopener\"");
    has(&html, "href=\"../../a/x.html\" lang=\"en\"");
    assert!(!rendered(&edition, "ru/b/y.html").contains("Перевода пока нет"));
}

#[test]
fn the_side_bar_marks_the_current_page_only() {
    let mut edition = edition();
    let page = |title: &str| [Some(article(0, title, vec![], vec![])), None];
    let index = work(&mut edition, Kind::Track, "t/index.html", page("T"));
    let one = work(&mut edition, Kind::Module, "t/one.html", page("One"));
    let two = work(&mut edition, Kind::Module, "t/two.html", page("Two"));
    let below = vec![chapter("One", Some(one), vec![]), chapter("Two", Some(two), vec![])];
    edition.contents[0] = vec![chapter("T", Some(index), below)];
    let html = rendered(&edition, "t/two.html");
    assert_eq!(html.matches("aria-current").count(), 1);
    has(&html, "<a href=\"two.html\" aria-current=\"page\">Two</a>");
    has(&html, "<a href=\"one.html\">One</a>");
    has(&html, "rel=\"prev\" href=\"one.html\"");
    has(&rendered(&edition, "t/index.html"), "<span>Two</span>");
}

#[test]
fn a_long_section_shows_a_part_of_itself() {
    let mut edition = edition();
    let children: Vec<Entry> = (0..400)
        .map(|number| {
            let page = [Some(article(0, "P", vec![], vec![])), None];
            let id = work(&mut edition, Kind::Module, &format!("t/{number}.html"), page);
            chapter("P", Some(id), vec![])
        })
        .collect();
    edition.contents[0] = vec![chapter("T", None, children)];
    let html = rendered(&edition, "t/250.html");
    assert_eq!(html.matches("<li class=\"depth-").count(), 100);
    has(&html, "The whole list");
    has(&html, "<a href=\"250.html\" aria-current");
}

#[test]
fn pages_in_folders_of_their_own_share_side_bars() {
    let mut edition = edition();
    let page = |number: usize, below: &str| format!("t/{number}/{below}index.html");
    let children: Vec<Entry> = (0..100)
        .map(|number| {
            let address = page(number, if number % 2 == 0 { "" } else { "deep/" });
            let id = work(&mut edition, Kind::Module, &address, [Some(article(0, "P", vec![], vec![])), None]);
            chapter("P", Some(id), vec![])
        })
        .collect();
    edition.contents[0] = vec![chapter("T", None, children)];
    assert_eq!(plan(&edition, &config()).navigations.len(), 2, "one for each depth");
    has(&rendered(&edition, "t/8/index.html"), "<a href=\"../8/index.html\" aria-current=\"page\">");
    has(&rendered(&edition, "t/8/index.html"), "<a href=\"../7/deep/index.html\">");
    has(&rendered(&edition, "t/7/deep/index.html"), "<a href=\"../../8/index.html\">");
}

#[test]
fn what_customers_typed_is_never_shown_and_footnotes_count_by_first_reference() {
    let note =
        |label: &str, text: &str| block(BlockKind::Footnote { label: label.into(), blocks: vec![paragraph(text)] });
    let cite = |label: &str| block(BlockKind::Paragraph([Inline::FootnoteReference(label.into())].into()));
    let asked = block(BlockKind::Asked(vec!["secretquestion".into()]));
    let body =
        vec![note("a", "first"), note("b", "second"), note("c", "unused"), asked, cite("b"), cite("a"), cite("x")];
    let mut edition = edition();
    work(&mut edition, Kind::Topic, "x.html", [Some(article(0, "X", body, vec![])), None]);
    let html = rendered(&edition, "x.html");
    assert!(!html.contains("secretquestion") && !html.contains("unused"));
    has(&html, "<li id=\"note:1\"><p>second</p>");
    has(&html, "<li id=\"note:2\"><p>first</p>");
    assert_eq!(html.matches("<sup").count(), 2);
}

#[test]
fn an_exam_keeps_its_answers() {
    let option =
        |right, text: &str| Choice { right, blocks: vec![paragraph(text)], feedback: vec![paragraph("feedback")] };
    let question = Question {
        at: ByteRange::default(),
        heading: Heading { level: 3, id: "q".into(), inlines: words("Which?"), ..Heading::default() },
        points: 1,
        stem: vec![],
        answer: Answer::Choice { several: false, options: vec![option(true, "yes"), option(false, "no")] },
        hint: vec![],
        why: vec![paragraph("because")],
    };
    for (exam, shown) in [(false, true), (true, false)] {
        let quiz = Quiz { exam, questions: vec![question.clone()], ..Quiz::default() };
        let mut edition = edition();
        let body = vec![block(BlockKind::Quiz(quiz.into()))];
        work(&mut edition, Kind::Module, "x.html", [Some(article(0, "X", body, vec![])), None]);
        let html = rendered(&edition, "x.html");
        has(&html, "Which?");
        for secret in ["feedback", "because", "Right"] {
            assert_eq!(html.contains(secret), shown, "{secret}");
        }
    }
}

#[test]
fn an_alias_leads_to_its_page() {
    let mut edition = edition();
    work(&mut edition, Kind::Page, "a/x.html", [Some(article(0, "X", vec![], vec![])), None]);
    edition.works[0].aliases = vec![(Language(0), "old/place.html".into()), (Language(1), "old/place.html".into())];
    has(&rendered(&edition, "old/place.html"), "content=\"0; url=../a/x.html\"");
    has(&rendered(&edition, "ru/old/place.html"), "content=\"0; url=../a/x.html\"");
}

#[test]
fn the_missing_page_starts_its_links_from_the_path_of_the_base_address() {
    let mut edition = edition();
    edition.base_url = Some("https://x.example/help/".into());
    has(&rendered(&edition, "404.html"), "href=\"/help/theme/desk-");
    has(&rendered(&edition, "index.html"), "<link rel=\"canonical\" href=\"https://x.example/help/\">");
}

#[test]
fn a_book_overrides_one_template() {
    let mut edition = edition();
    work(&mut edition, Kind::Page, "x.html", [Some(article(0, "X", vec![], vec![])), None]);
    let own = [("desk/page.html".to_string(), Arc::from("only {{ title }}"))];
    assert_eq!(rendered_with(&edition, "x.html", &own), "only X");
}

#[test]
fn an_edition_that_is_not_for_all_asks_search_engines_to_stay_away() {
    let mut edition = edition();
    assert!(!rendered(&edition, "index.html").contains("noindex"));
    edition.widest = false;
    has(&rendered(&edition, "index.html"), "<meta name=\"robots\" content=\"noindex\">");
}

#[test]
fn a_footnote_is_found_wherever_text_may_nest() {
    let note = || vec![block(BlockKind::Footnote { label: "n".into(), blocks: vec![paragraph("the note")] })];
    let meaning = BlockKind::Definitions(vec![Definition { term: vec![], meanings: vec![note()] }]);
    let intro = BlockKind::Quiz(Box::new(Quiz { intro: note(), ..Quiz::default() }));
    let scene = BlockKind::Scenario(Box::new(Scenario { intro: note(), ..Scenario::default() }));
    for nest in [meaning, intro, scene, BlockKind::Quote(note())] {
        let mut edition = edition();
        let cite = block(BlockKind::Paragraph(vec![Inline::FootnoteReference("n".into())].into()));
        work(&mut edition, Kind::Page, "a.html", [Some(article(0, "A", vec![cite, block(nest)], vec![])), None]);
        has(&rendered(&edition, "a.html"), "<li id=\"note:1\"><p>the note</p>");
    }
}

#[test]
fn a_page_costs_the_same_in_a_section_of_any_size() {
    let length = |pages: usize| {
        let mut edition = edition();
        let children = (0..pages).map(|number| {
            let page = [Some(article(0, "P", vec![], vec![])), None];
            let id = work(&mut edition, Kind::Module, &format!("t/{number:05}.html"), page);
            chapter("P", Some(id), vec![])
        });
        let children = children.collect();
        edition.contents[0] = vec![chapter("T", None, children)];
        rendered(&edition, "t/00150.html").len()
    };
    assert_eq!(length(400), length(4_000));
}
