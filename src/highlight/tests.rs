use super::*;
use proptest::prelude::*;

/// A word of each language that is promised, and a block with the letters of its runs.
const LANGUAGES: [(&str, &str, &str); 13] = [
    (
        "rust",
        "pub fn main() { let x: u8 = 1; } // go",
        "‹k:pub fn› ‹f:main›() { ‹k:let› x: ‹t:u8› = ‹n:1›; } ‹c:// go›",
    ),
    ("json", "{\"sent\": true, \"sum\": 1.5}", "{‹p:\"sent\"›: ‹l:true›, ‹p:\"sum\"›: ‹n:1.5›}"),
    ("yml", "# who\nname: \"Daria\"\nage: 31", "‹c:# who›\n‹p:name›: ‹s:\"Daria\"›\n‹p:age›: ‹n:31›"),
    ("toml", "[book]\ntitle = \"Desk\" # its name", "‹k:[book]›\n‹p:title› = ‹s:\"Desk\"› ‹c:# its name›"),
    ("html", "<a href=\"/\">x</a><!-- y -->", "<‹k:a› ‹p:href›=‹s:\"/\"›>x</‹k:a›>‹c:<!-- y -->›"),
    ("css", ".a { color: #fff; top: 1px }", "‹k:.a› { ‹p:color›: ‹l:#fff›; ‹p:top›: ‹n:1px› }"),
    ("js", "const x = f(null) // y", "‹k:const› x = ‹f:f›(‹l:null›) ‹c:// y›"),
    ("ts", "let x: string = \"y\"", "‹k:let› x: ‹t:string› = ‹s:\"y\"›"),
    ("py", "def f(x):\n    return 'y' # z", "‹k:def› ‹f:f›(x):\n    ‹k:return› ‹s:'y'› ‹c:# z›"),
    (
        "sql",
        "SELECT count(*) FROM t WHERE a = 'it''s' -- x",
        "‹k:SELECT› ‹f:count›(*) ‹k:FROM› t ‹k:WHERE› a = ‹s:'it''s'› ‹c:-- x›",
    ),
    ("console", "$ curl -s \"$HOME\" # x", "$ ‹f:curl› ‹p:-s› ‹s:\"›‹v:$HOME›‹s:\"› ‹c:# x›"),
    ("SH", "if true; then echo 1; fi", "‹k:if› true; ‹k:then› ‹f:echo› ‹n:1›; ‹k:fi›"),
    ("http", "GET /x HTTP/1.1\nHost: a.example", "‹k:GET› ‹s:/x› ‹l:HTTP/1.1›\n‹p:Host›: a.example"),
];

/// The block with its runs shown.
fn shown(language: &str, text: &str) -> String {
    let Some(runs) = Memory::default().runs(language, text) else { return format!("plain: {text}") };
    let mut start = 0;
    let show = |run: &Run| {
        let piece = &text[std::mem::replace(&mut start, run.end as usize)..run.end as usize];
        run.class.map_or_else(|| piece.to_owned(), |class| format!("‹{}:{piece}›", class.letter()))
    };
    runs.iter().map(show).collect()
}

#[test]
fn every_language_has_its_colours() {
    for (language, text, expected) in LANGUAGES {
        assert_eq!(shown(language, text), expected, "{language}");
    }
}

#[test]
fn names_of_one_language_share_what_is_remembered() {
    let memory = Memory::default();
    let runs = |name| memory.runs(name, "let x = 1").expect("a known language");
    assert!(Arc::ptr_eq(&runs("js"), &runs("JavaScript")));
    assert!(!Arc::ptr_eq(&runs("js"), &runs("rust")));
}

#[test]
fn unknown_languages_are_text() {
    for name in ["text", "brainfuck", "", "c++", "языка", "sql "] {
        assert_eq!(shown(name, "let x = 1"), "plain: let x = 1");
    }
}

#[test]
fn a_block_too_large_to_be_read_is_text() {
    let text = |length| format!("[{}]", "1,".repeat(length))[..length].to_owned();
    assert!(Memory::default().runs("json", &text(LARGEST)).is_some());
    assert!(Memory::default().runs("json", &text(LARGEST + 1)).is_none());
    assert!(Memory::default().runs("json", &text(1024 * 1024)).is_none());
}

#[test]
fn dialects_of_sql() {
    let cases = [
        ("select * from t limit 5", "‹k:select› * ‹k:from› t ‹k:limit› ‹n:5›"),
        ("x::numeric(10, 2)", "x::‹t:numeric›(‹n:10›, ‹n:2›)"),
        ("a = :id OR b = $1 OR @c", "a = ‹v::id› ‹k:OR› b = ‹v:$1› ‹k:OR› ‹v:@c›"),
        ("\"Key\" IS NULL, `key`", "‹p:\"Key\"› ‹k:IS› ‹l:NULL›, ‹p:`key`›"),
        ("/*/ SELECT */ 1", "‹c:/*/ SELECT */› ‹n:1›"),
        ("/* open", "‹c:/* open›"),
        ("'open", "‹s:'open›"),
        ("ключ = 'é'", "ключ = ‹s:'é'›"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown("sql", text), expected);
    }
}

#[test]
fn words_of_sql_are_in_order() {
    for list in [sql::KEYWORDS, sql::TYPES, sql::CONSTANTS] {
        assert!(list.is_sorted_by(|one, next| one < next), "{list:?}");
    }
}

#[test]
fn messages_of_http_follow_each_other() {
    let text = "### pay\nPOST /v1/payouts?a=b HTTP/1.1\nContent-Type: application/json\n\n{\"sum\": 1}\n\nHTTP/1.1 404 Not Found\nServer: x\n\n<p>\n";
    let expected = "‹c:### pay›\n‹k:POST› ‹s:/v1/payouts?a=b› ‹l:HTTP/1.1›\n‹p:Content-Type›: application/json\n\n{‹p:\"sum\"›: ‹n:1›}\n\n‹k:HTTP/1.1› ‹n:404› Not Found\n‹p:Server›: x\n\n<‹k:p›>\n";
    assert_eq!(shown("http", text), expected);
    assert_eq!(shown("http", "{\"a\": 1}"), "{\"a\": 1}");
    assert_eq!(shown("http", "GET"), "GET");
}

/// Pieces of code that open, close and cut things in some language.
const PIECES: &str = "\" ' ` /* */ // # <!-- --> < </ > <script> </script> ${ } { [ ] ( ) r#\" \"# b' ''' \"\"\" \\ $( <<EOF EOF - key: | |- &a *a @media : :: 1 0x 1e 1.5. é я 日 🦀 fn class = / ; % -- $1 @x SELECT GET HTTP/1.1";

/// Every name that is known, and one that is not.
fn names() -> impl Strategy<Value = &'static str> {
    prop::sample::select(
        "rust json yaml toml html css js ts python sql bash console http dockerfile markdown other"
            .split(' ')
            .collect::<Vec<_>>(),
    )
}

fn code() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = PIECES.split(' ').chain([" ", "\n", "\n\n", "\t", "\r\n", "\0", "\u{feff}"]).collect();
    let of_pieces = prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => of_pieces, 1 => any::<String>()]
}

proptest! {
    #[test]
    fn runs_cover_any_text_and_nothing_twice(language in names(), text in code()) {
        let Some(runs) = Memory::default().runs(language, &text) else { return Ok(()) };
        let ends: Vec<usize> = runs.iter().map(|run| run.end as usize).collect();
        prop_assert!(ends.iter().all(|&end| text.is_char_boundary(end)));
        prop_assert!(ends.is_sorted_by(|one, next| one < next));
        prop_assert_eq!(ends.last().copied().unwrap_or(0), text.len());
        prop_assert!(runs.windows(2).all(|pair| pair[0].class != pair[1].class));
    }

    #[test]
    fn the_largest_blocks_of_anything_are_read_to_their_end(language in names(), piece in code()) {
        let text = piece.repeat(LARGEST / piece.len().max(1));
        let runs = Memory::default().runs(language, &text);
        prop_assert_eq!(runs.map_or(text.len(), |runs| runs.last().map_or(0, |run| run.end as usize)), text.len());
    }
}
