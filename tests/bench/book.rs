//! Books to measure with: the same in every run.

use std::fs;
use std::path::Path;

/// Pages in one folder, where nothing else is wanted.
pub const SECTION: usize = 25;

const ENGLISH: &str = "account player deposit withdrawal limit support answer payment bank card bonus review status team morning evening email chat phone record dispute customer question reason option balance hour day week update release module";
const RUSSIAN: &str = "счёт игрок пополнение вывод лимит поддержка ответ платёж банк карта бонус проверка статус команда утро вечер письмо чат телефон запись спор клиент вопрос причина вариант баланс час день неделя обновление выпуск модуль";
const HELP: &str = "[book]\ntitle = \"Bench\"\naudiences = [\"public\", \"staff\"]\n[languages.ru]\n[edition.help]\naudience = \"public\"\nbase-url = \"https://help.example.com/\"\n";
const ACADEMY: &str = "[edition.academy]\naudience = \"staff\"\nbase-url = \"https://academy.example.com/\"\n";

/// Writes a book of `pages` pages, half of them in each language, `section` in a folder.
pub fn write(root: &Path, pages: usize, editions: usize, section: usize) {
    put(&root.join("book.toml"), &[HELP, ACADEMY][..editions].concat());
    let mut numbers = Numbers(7);
    let half = pages / 2;
    for (suffix, words) in [("", ENGLISH), (".ru", RUSSIAN)] {
        let words: Vec<&str> = words.split(' ').collect();
        put(&root.join(format!("content/index{suffix}.md")), &index("Home"));
        for page in 0..half {
            let (folder, next) = (page / section, (page + 1) % half);
            if page % section == 0 {
                put(&root.join(format!("content/s{folder}/index{suffix}.md")), &index("Section"));
            }
            let text = text(&mut numbers, &words, &format!("../s{}/p{next}.md", next / section));
            put(&root.join(format!("content/s{folder}/p{page}{suffix}.md")), &text);
        }
    }
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("files lie in folders")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn index(title: &str) -> String {
    format!("---\ntitle: {title}\naudience: public\n---\nText.\n")
}

/// A generator of the same numbers in every run (Knuth's MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn words(&mut self, list: &[&str], count: usize) -> String {
        (0..count).map(|_| list[self.below(list.len())]).collect::<Vec<_>>().join(" ")
    }
}

/// A page of about 600 words: headings, paragraphs with emphasis and links, a list, a table, code.
fn text(numbers: &mut Numbers, words: &[&str], next: &str) -> String {
    let mut text = format!("---\ntitle: {}\naudience: public\n---\n", numbers.words(words, 4));
    for section in 0..5 {
        text += &format!("\n## {}\n\n", numbers.words(words, 4));
        (0..2).for_each(|_| text += &paragraph(numbers, words, next));
        match section {
            1 => (0..4).for_each(|_| text += &format!("- {}\n", numbers.words(words, 8))),
            2 => {
                text += "| a | b |\n|---|---|\n";
                (0..4)
                    .for_each(|_| text += &format!("| {} | {} |\n", numbers.words(words, 2), numbers.words(words, 4)));
            }
            3 => text += "```json\n{\"status\": \"sent\", \"amount\": 100}\n```\n",
            _ => {}
        }
    }
    text
}

fn paragraph(numbers: &mut Numbers, words: &[&str], next: &str) -> String {
    let mut some = |count| numbers.words(words, count);
    let (start, strong, middle, link, end) = (some(18), some(2), some(12), some(2), some(10));
    format!("{start} **{strong}** {middle} [{link}]({next}), {end}.\n\n")
}
