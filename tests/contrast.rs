//! Code can be read: each of its colours stands out from its ground, in both schemes and with any accent of a brand.

use std::collections::BTreeMap;

const CSS: &str = include_str!("../themes/desk/desk.css");
const LIGHT: &str = ":root {";
/// The dark set stands twice: for those whose system asks for it, and for those who switched.
const DARK: [&str; 2] = [":root:not([data-theme=light]) {", ":root[data-theme=dark] {"];
const COLOURS: [&str; 6] = ["--ink", "--muted", "--accent", "--string", "--name", "--number"];

type Tokens = BTreeMap<&'static str, &'static str>;

/// The custom properties that the block behind `opening` sets.
fn tokens(opening: &str) -> Tokens {
    let block = CSS.split_once(opening).expect("the block stands in the sheet").1;
    let declarations = block.split_once('}').expect("it is closed").0.split([';', '\n']);
    declarations.filter_map(|line| line.trim().strip_suffix(';').unwrap_or(line.trim()).split_once(": ")).collect()
}

/// Lightness, chroma and hue of a token.
fn colour(name: &str, tokens: &Tokens, hue: f64) -> [f64; 3] {
    let value = tokens[name];
    if let Some(other) = value.strip_prefix("var(") {
        return colour(other.trim_end_matches(')'), tokens, hue);
    }
    let value = value.replace("var(--hue)", &hue.to_string()).replace("calc(", "");
    let inner = value.strip_prefix("oklch(").expect("colours are written in OKLCH").trim_end_matches(')');
    let words: Vec<&str> = inner.split(' ').collect();
    let number = |word: &str| word.trim_end_matches('%').parse::<f64>().expect("a number");
    let turn = match words[3..] {
        ["-", degrees] => -number(degrees),
        ["+", degrees] => number(degrees),
        _ => 0.0,
    };
    [number(words[0]) / 100.0, number(words[1]), number(words[2]) + turn]
}

/// The relative luminance of WCAG, as a screen shows the colour (the matrices are those of Björn Ottosson's OKLab).
fn luminance([lightness, chroma, hue]: [f64; 3]) -> f64 {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let red = 4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s;
    let green = -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s;
    let blue = -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s;
    0.2126 * red.clamp(0.0, 1.0) + 0.7152 * green.clamp(0.0, 1.0) + 0.0722 * blue.clamp(0.0, 1.0)
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn code_stands_out_from_its_ground_with_every_hue() {
    let light = tokens(LIGHT);
    let dark = light.clone().into_iter().chain(tokens(DARK[1])).collect();
    for (scheme, tokens) in [("light", &light), ("dark", &dark)] {
        for name in COLOURS {
            for hue in 0..360 {
                let of = |name| luminance(colour(name, tokens, f64::from(hue)));
                let ratio = contrast(of(name), of("--sunken"));
                assert!(ratio >= 5.0, "{scheme}, hue {hue}: {name} has {ratio:.2}");
            }
        }
    }
}

#[test]
fn both_copies_of_the_dark_set_are_the_same() {
    assert_eq!(tokens(DARK[0]), tokens(DARK[1]));
}
