//! SQL as its common dialects have it.

use super::{Class, Painter};

/// Words in capitals, in order.
#[rustfmt::skip]
pub(super) const KEYWORDS: &[&str] = &[
    "ADD", "ALL", "ALTER", "ANALYZE", "AND", "ANY", "AS", "ASC", "BEGIN", "BETWEEN", "BY", "CASCADE", "CASE", "CHECK",
    "COLUMN", "COMMIT", "CONFLICT", "CONSTRAINT", "CREATE", "CROSS", "DATABASE", "DECLARE", "DEFAULT", "DELETE", "DESC",
    "DISTINCT", "DO", "DROP", "ELSE", "END", "ESCAPE", "EXCEPT", "EXECUTE", "EXISTS", "EXPLAIN", "FETCH", "FILTER", "FIRST",
    "FOR", "FOREIGN", "FROM", "FULL", "FUNCTION", "GRANT", "GROUP", "HAVING", "IF", "ILIKE", "IN", "INDEX", "INNER", "INSERT",
    "INTERSECT", "INTERVAL", "INTO", "IS", "JOIN", "KEY", "LAST", "LATERAL", "LEFT", "LIKE", "LIMIT", "MERGE", "NATURAL", "NOT",
    "NOTHING", "NULLS", "OFFSET", "ON", "OR", "ORDER", "OUTER", "OVER", "PARTITION", "PRIMARY", "PROCEDURE", "RECURSIVE",
    "REFERENCES", "REPLACE", "RESTRICT", "RETURN", "RETURNING", "RETURNS", "REVOKE", "RIGHT", "ROLLBACK", "ROW", "ROWS", "SCHEMA",
    "SELECT", "SEQUENCE", "SET", "SHOW", "SIMILAR", "SOME", "START", "TABLE", "TEMPORARY", "THEN", "TO", "TRANSACTION", "TRIGGER",
    "TRUNCATE", "UNION", "UNIQUE", "UPDATE", "USE", "USING", "VACUUM", "VALUES", "VIEW", "WHEN", "WHERE", "WHILE", "WINDOW",
    "WITH", "WITHIN",
];

/// Types in capitals, in order.
#[rustfmt::skip]
pub(super) const TYPES: &[&str] = &[
    "BIGINT", "BIGSERIAL", "BINARY", "BLOB", "BOOL", "BOOLEAN", "BYTEA", "CHAR", "CHARACTER", "DATE", "DATETIME", "DECIMAL",
    "DOUBLE", "FLOAT", "INT", "INTEGER", "JSON", "JSONB", "MONEY", "NUMERIC", "REAL", "SERIAL", "SMALLINT", "TEXT", "TIME",
    "TIMESTAMP", "TIMESTAMPTZ", "TINYINT", "UUID", "VARCHAR",
];

pub(super) const CONSTANTS: &[&str] = &["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "FALSE", "NULL", "TRUE"];

pub(super) fn paint(painter: &mut Painter) {
    while let Some(&first) = painter.rest().as_bytes().first() {
        let (length, class) = token(painter.rest(), first);
        painter.take(length, class);
    }
}

/// The length and the class of what `rest` begins with.
fn token(rest: &str, first: u8) -> (usize, Option<Class>) {
    match first {
        b'-' if rest.starts_with("--") => (rest.find('\n').unwrap_or(rest.len()), Some(Class::Comment)),
        b'/' if rest.starts_with("/*") => (2 + through(&rest[2..], "*/"), Some(Class::Comment)),
        // a doubled quote inside is two strings side by side, which look like one
        b'\'' => (1 + through(&rest[1..], "'"), Some(Class::String)),
        b'"' => (1 + through(&rest[1..], "\""), Some(Class::Property)),
        b'`' => (1 + through(&rest[1..], "`"), Some(Class::Property)),
        b':' if rest.starts_with("::") => (2, None),
        b':' | b'@' | b'$' if word(&rest[1..]) > 0 => (1 + word(&rest[1..]), Some(Class::Variable)),
        b'0'..=b'9' => (while_bytes(rest, |byte| byte.is_ascii_alphanumeric() || byte == b'.'), Some(Class::Number)),
        _ if of_word(first) => named(rest, word(rest)),
        _ => (1 + while_bytes(&rest[1..], |byte| byte.is_ascii_whitespace() || b",;()".contains(&byte)), None),
    }
}

/// The length up to and with `close`; all of it where there is none.
fn through(text: &str, close: &str) -> usize {
    text.find(close).map_or(text.len(), |at| at + close.len())
}

fn while_bytes(text: &str, belongs: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(|byte| !belongs(byte)).unwrap_or(text.len())
}

/// Letters of any script, digits and `_`.
fn of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

fn word(rest: &str) -> usize {
    while_bytes(rest, of_word)
}

fn named(rest: &str, length: usize) -> (usize, Option<Class>) {
    let (word, after) = rest.split_at(length);
    let class = match word {
        _ if among(KEYWORDS, word) => Some(Class::Keyword),
        _ if among(TYPES, word) => Some(Class::Type),
        _ if among(CONSTANTS, word) => Some(Class::Constant),
        _ if after.starts_with('(') => Some(Class::Function),
        _ => None,
    };
    (length, class)
}

/// Whether `word` is in a list of capitals, in any case.
fn among(list: &[&str], word: &str) -> bool {
    let capitals = || word.bytes().map(|byte| byte.to_ascii_uppercase());
    list.binary_search_by(|known| known.bytes().cmp(capitals())).is_ok()
}
