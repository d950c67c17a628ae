//! `[look]` and `[[footer]]`: what a brand changes of the theme.

use super::Config;
use super::table::{Reader, Table};
use crate::diagnostic::Code;
use crate::span::ByteRange;
use toml::de::DeValue;

/// How the sites of a book look.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Look {
    /// The hue of everything coloured, in degrees of OKLCH; the theme's own where it is missing.
    pub hue: Option<u16>,
    /// A picture of the book, below `src`, that stands before the title.
    pub logo: Option<Placed>,
    /// Links at the foot of every page, in order.
    pub footer: Vec<FooterLink>,
}

/// A text of `book.toml` and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Placed {
    pub text: String,
    pub at: ByteRange,
}

#[derive(Clone, PartialEq, Debug)]
pub struct FooterLink {
    /// By language.
    pub label: Vec<String>,
    /// A page below `src`, or an address outside.
    pub href: Placed,
}

pub(super) fn read(reader: &mut Reader, root: &Table, config: &mut Config) {
    if let Some(look) = reader.table(root, "look") {
        reader.check_keys(&look, &["accent", "logo"], &[]);
        config.look.hue = accent(reader, &look);
        config.look.logo = reader.placed_path(&look, "logo");
    }
    for (table, place) in reader.list(root, "footer") {
        reader.check_keys(&table, &["label", "href"], &[]);
        let label = reader.per_language(&table, "label", config);
        match (label, reader.text(&table, "href")) {
            (Some(label), Some((text, at))) => {
                config.look.footer.push(FooterLink { label, href: Placed { text, at: at.into() } });
            }
            _ => {
                let hint = "write `label = \"Privacy\"` and `href = \"privacy.md\"` below `[[footer]]`";
                reader.report(place, Code::BadConfig, "a footer link needs `label` and `href`".into(), hint);
            }
        }
    }
}

/// A hue in degrees, or a colour whose hue is taken.
fn accent(reader: &mut Reader, look: &Table) -> Option<u16> {
    let value = look.table.get("accent")?;
    let hue = match value.get_ref() {
        DeValue::Integer(number) => number.to_string().parse().ok().filter(|hue| *hue < 360),
        DeValue::String(colour) => hue_of(colour),
        _ => None,
    };
    if hue.is_none() {
        let hint = "write a colour that is no grey, `accent = \"#00648b\"`, or a hue from 0 to 359, `accent = 232`";
        reader.report(value.span(), Code::BadConfig, "`accent` wants a colour".into(), hint);
    }
    hue
}

/// The hue of `#rrggbb` in OKLCH (B. Ottosson, *A perceptual color space for image processing*); `None` for greys.
fn hue_of(colour: &str) -> Option<u16> {
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    let (red, green, blue) = (channel(0)?, channel(2)?, channel(4)?);
    let long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue).cbrt();
    let medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue).cbrt();
    let short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue).cbrt();
    let a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
    let b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
    let is_grey = a.hypot(b) < 0.02;
    (!is_grey).then(|| b.atan2(a).to_degrees().rem_euclid(360.0).round() as u16 % 360)
}

#[cfg(test)]
mod tests {
    use super::hue_of;

    #[test]
    fn hues() {
        for (colour, hue) in [("#ff0000", Some(29)), ("#0000ff", Some(264)), ("#00648b", Some(234)), ("#808080", None)]
        {
            assert_eq!(hue_of(colour), hue, "{colour}");
        }
        assert_eq!(hue_of("blue"), None);
    }
}
