use super::*;

#[test]
fn each_edition_says_for_whom_it_is_and_where() {
    let desk = small();
    let first = desk.ends(0, &["build"]);
    assert_eq!(first.out, "", "a build makes files, no data");
    assert!(first.err.starts_with("help (for public): "), "{}", first.err);
    assert!(first.err.contains(" written: book/help/index.html\nteam (for staff): "), "{}", first.err);
    let again = desk.ends(0, &["build"]);
    assert_eq!(again.err.matches("nothing changed: book/").count(), 2, "{}", again.err);
    desk.ends(0, &["build", "-e", "team", "-d", "elsewhere"]);
    assert!(desk.has("elsewhere/team/inside.html") && !desk.has("elsewhere/help"));
}

#[test]
fn errors_publish_nothing_and_leave_the_old_site() {
    let desk = small();
    desk.ends(0, &["build"]);
    let before = desk.read("book/help/index.html");
    desk.write("content/index.md", "---\naudience: public\n---\n# New home\n\n[gone](gone.md)\n");
    let ended = desk.ends(1, &["build"]);
    assert!(ended.err.contains("1 error, 0 warnings; nothing was published"), "{}", ended.err);
    assert!(ended.err.contains("`deskbook build --lenient`"), "the way on: {}", ended.err);
    assert_eq!(desk.read("book/help/index.html"), before);
}

#[test]
fn lenient_builds_keep_the_text_of_a_broken_link() {
    let desk = small();
    desk.write(
        "content/index.md",
        "---\naudience: public\n---\n# Home\n\n[gone page](gone.md) [gone place](faq/money.md#gone) \
         ![gone picture](gone.png) [hidden page](inside.md)\n",
    );
    let ended = desk.ends(1, &["build", "--lenient"]);
    assert!(ended.err.contains("4 errors, 0 warnings"), "{}", ended.err);
    let home = desk.read("book/help/index.html");
    assert!(
        home.contains("<p>gone page <a href=\"faq/money.html\">gone place</a> gone picture hidden page</p>"),
        "{home}"
    );
}

#[test]
fn lenient_builds_withhold_what_could_show_too_much() {
    for (class, text) in [
        ("unclosed-container", "# Bad\n\n:::only staff\nhidden\n"),
        ("stray-close", "# Bad\n\n:::\n"),
        ("unknown-container", "# Bad\n\n:::onyl staff\nhidden\n:::\n"),
        ("misplaced-container", "# Bad\n\ntext ::: text\n"),
        ("unknown-audience", "---\naudience: stuff\n---\n# Bad\n"),
        ("wide-audience", "---\naudience: public\n---\n# Bad\n"),
        ("unsafe-html", "# Bad\n\n<script>alert(1)</script>\n"),
        ("unsafe-html", "# Bad\n\n[x](javascript:alert(1))\n"),
        ("bad-front-matter", "---\ntitle: a: b\n---\n# Bad\n"),
    ] {
        let desk = small();
        desk.write("content/desk/index.md", "---\naudience: staff\n---\n# Desk\n");
        desk.write("content/desk/bad.md", text);
        desk.write("content/desk/good.md", "# Good\n\n[bad](bad.md)\n");
        let ended = desk.ends(1, &["build", "--lenient", "--format", "short"]);
        assert!(ended.err.contains(&format!("error[{class}]")), "{class}: {}", ended.err);
        let line = "withheld from every edition: `content/desk/bad.md` and its translations\n";
        assert!(ended.err.contains(line), "{class}: {}", ended.err);
        assert!(!desk.has("book/team/desk/bad.html"), "{class}");
        assert!(desk.read("book/team/desk/good.html").contains("<p>bad</p>"), "{class}");
    }
}

#[test]
fn a_faulty_index_page_withholds_its_folder_and_a_faulty_source_its_translations() {
    let desk = small();
    let config = desk.read("book.toml") + "[languages.ru]\n";
    desk.write("book.toml", &config);
    desk.write("content/faq/index.md", "---\nkind: faq\naudience: publik\n---\n# Questions\n");
    desk.write("content/index.md", "---\naudience: public\n---\n# Home\n\n:::note\n");
    desk.write("content/index.ru.md", "# Начало\n");
    let ended = desk.ends(1, &["build", "--lenient", "--format", "short"]);
    assert!(ended.err.contains("withheld from every edition: `content/faq/`, because of its `content/faq/index.md`\n"));
    for edition in ["help", "team"] {
        assert!(!desk.has(&format!("book/{edition}/faq")));
        assert!(!desk.read(&format!("book/{edition}/ru/index.html")).contains("Начало"));
    }
}

#[test]
fn drafts_are_pages_only_when_asked_for() {
    let desk = small();
    desk.write("content/faq/soon.md", "---\ndraft: true\n---\n# Soon\n");
    desk.ends(0, &["build", "--strict"]);
    assert!(!desk.has("book/help/faq/soon.html"));
    desk.ends(0, &["build", "--strict", "--drafts"]);
    assert!(desk.has("book/help/faq/soon.html"));
    desk.ends(0, &["build", "--strict"]);
    assert!(!desk.has("book/help/faq/soon.html"), "a page gone from the book is gone from the site");
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let desk = small();
    desk.write("foreign/letter.txt", "dear");
    desk.write("file", "");
    desk.refuses(&["build", "-d", "foreign"], &["deskbook did not make this folder", "`-d`"]);
    desk.refuses(&["build", "-d", "file"], &["cannot build into `file`: that is a file"]);
    desk.refuses(&["build", "-d", "file/below"], &["file/below"]);
    desk.refuses(&["build", "-d", ""], &["--dest"]);
    assert_eq!(files_below(&desk.path("foreign")), ["letter.txt"]);
}

#[test]
fn the_book_and_its_sites_stay_apart() {
    let desk = small();
    desk.write("themes/desk/extra.css", "p { color: red }\n");
    for inside in ["content", "content/out", "content/faq/../new", "themes/out", ".", ".."] {
        desk.refuses(&["build", "-d", inside], &["cannot build into"]);
    }
    assert_eq!(files_below(&desk.path("content")).len(), 4);
    desk.write("book.toml", &(desk.read("book.toml") + "[build]\nbuild-dir = \"themes/../content/out\"\n"));
    desk.refuses(&["build"], &["not apart from the text"]);
}

#[cfg(unix)]
#[test]
fn links_lead_to_the_folder_behind_them() {
    use std::os::unix::fs::symlink;
    let desk = small();
    fs::create_dir(desk.path("real")).unwrap();
    symlink("real", desk.path("link")).unwrap();
    symlink("nowhere", desk.path("dangling")).unwrap();
    symlink("content", desk.path("disguised")).unwrap();
    desk.ends(0, &["build", "-d", "link"]);
    assert!(desk.has("real/help/index.html"));
    desk.refuses(&["build", "-d", "dangling"], &["that is a link to nothing"]);
    desk.refuses(&["build", "-d", "disguised/out"], &["not apart from the text"]);
}

#[test]
fn sites_in_a_folder_of_markdown_are_no_part_of_it() {
    let desk = Desk::with(&[("README.md", "# Notes\n\n[a](a.md)\n"), ("a.md", "# A\n")]);
    desk.ends(0, &["build", "--strict"]);
    desk.ends(0, &["build", "-d", "out"]);
    let first = files_below(&desk.path("out"));
    desk.ends(0, &["build", "-d", "out2"]);
    assert_eq!(files_below(&desk.path("out2")), first);
    // nor is a site of before `build-dir` was changed
    desk.write("out/site/old.md", "# Old\n");
    desk.ends(0, &["build", "--strict"]);
    assert!(!desk.has("book/site/out"));
}

#[test]
fn an_edition_that_is_gone_from_the_book_is_named_until_it_is_deleted() {
    let desk = small();
    desk.ends(0, &["build"]);
    let config = desk.read("book.toml").replace("[edition.help]", "[edition.support]");
    desk.write("book.toml", &config);
    for _ in 0..2 {
        let ended = desk.ends(0, &["build"]);
        let line = "`help` is no edition of this book, but its site still lies in book/help; delete that folder";
        assert!(ended.err.contains(line), "{}", ended.err);
    }
    assert!(desk.has("book/help/index.html"), "another book may build there");
    fs::remove_dir_all(desk.path("book/help")).unwrap();
    assert!(!desk.ends(0, &["build"]).err.contains("`help`"));
    assert!(!desk.has("book/.deskbook/spare/help") && !desk.read("book/CACHEDIR.TAG").contains("help"));
}

#[test]
fn editions_never_share_a_folder_or_an_address() {
    let desk = small();
    let head = "[book]\naudiences = [\"public\", \"partner\", \"staff\"]\n";
    for (editions, says) in [
        ("[edition.Help]\naudience = \"public\"\n", "`Help` is no name of an edition"),
        ("[edition.\".deskbook\"]\naudience = \"public\"\n", "`.deskbook` is no name of an edition"),
        ("[edition.\"a/b\"]\naudience = \"public\"\n", "`a/b` is no name of an edition"),
        ("[edition.help]\n", "`help` does not say for whom it is"),
        (
            "[edition.a]\naudience = \"public\"\nbase-url = \"https://x.example\"\n\
             [edition.b]\naudience = \"staff\"\nbase-url = \"https://x.example/\"\n",
            "`a` and `b` have the same `base-url`",
        ),
    ] {
        desk.write("book.toml", &format!("{head}{editions}"));
        let ended = desk.ends(2, &["build", "--lenient"]);
        assert!(ended.err.contains(says), "{editions}: {}", ended.err);
        assert!(!desk.has("book"), "{editions}");
    }
}

#[test]
fn three_audiences_and_several_editions_of_one() {
    let desk = small();
    desk.write(
        "book.toml",
        "[book]\naudiences = [\"public\", \"partner\", \"staff\"]\n\
         [edition.search]\naudience = \"public\"\n[edition.mirror]\naudience = \"public\"\n\
         [edition.partners]\naudience = \"partner\"\n[edition.team]\naudience = \"staff\"\n",
    );
    desk.write("content/deal.md", "---\naudience: partner\n---\n# Deal\n\n:::only staff\nmargin\n:::\n");
    desk.ends(0, &["build"]);
    let has = |edition: &str, page: &str| desk.has(&format!("book/{edition}/{page}.html"));
    assert_eq!(
        ["search", "mirror", "partners", "team"].map(|edition| has(edition, "deal")),
        [false, false, true, true]
    );
    assert_eq!(
        ["search", "mirror", "partners", "team"].map(|edition| has(edition, "inside")),
        [false, false, false, true]
    );
    assert!(!desk.read("book/partners/deal.html").contains("margin"));
    assert!(desk.read("book/team/deal.html").contains("margin"));
    let pages = |edition: &str| files_below(&desk.path(&format!("book/{edition}")));
    assert_eq!(pages("search"), pages("mirror"));
}

#[cfg(unix)]
#[test]
fn a_folder_whose_index_page_is_a_link_is_withheld() {
    let desk = small();
    desk.write("shared/staff.md", "---\naudience: staff\n---\n# Staff\n");
    desk.write("content/faq/inner/page.md", "# Inner\n");
    std::os::unix::fs::symlink("../../../shared/staff.md", desk.path("content/faq/inner/index.md")).unwrap();
    let ended = desk.ends(1, &["build", "--format", "short"]);
    let line = "content/faq/inner/index.md:1:1: error[bad-file]: symbolic links are not followed\n";
    assert!(ended.err.contains(line), "{}", ended.err);
    desk.ends(1, &["build", "--lenient"]);
    assert!(!desk.has("book/help/faq/inner") && !desk.has("book/team/faq/inner"));
}
