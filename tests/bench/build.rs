//! Build times of whole books: `cargo bench --bench build`. Prints wall time, CPU time and peak memory of the real
//! program on books of 100, 1,000 and 10,000 pages of 600 words in two languages, for one edition and for two.

#![expect(clippy::disallowed_methods, reason = "the benchmark writes books and reads figures")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const SECTION: usize = 25;
const ENGLISH: &str = "account player deposit withdrawal limit support answer payment bank card bonus review status team morning evening email chat phone record dispute customer question reason option balance hour day week update release module";
const RUSSIAN: &str = "счёт игрок пополнение вывод лимит поддержка ответ платёж банк карта бонус проверка статус команда утро вечер письмо чат телефон запись спор клиент вопрос причина вариант баланс час день неделя обновление выпуск модуль";

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
fn page(numbers: &mut Numbers, list: &[&str], next: &str) -> String {
    let mut text = format!("---\ntitle: {}\naudience: public\n---\n", numbers.words(list, 4));
    for section in 0..5 {
        text += &format!("\n## {}\n\n", numbers.words(list, 4));
        for _ in 0..2 {
            let (start, strong, middle, link, end) = (
                numbers.words(list, 18),
                numbers.words(list, 2),
                numbers.words(list, 12),
                numbers.words(list, 2),
                numbers.words(list, 10),
            );
            text += &format!("{start} **{strong}** {middle} [{link}]({next}), {end}.\n\n");
        }
        match section {
            1 => (0..4).for_each(|_| text += &format!("- {}\n", numbers.words(list, 8))),
            2 => {
                text += "| a | b |\n|---|---|\n";
                (0..4).for_each(|_| text += &format!("| {} | {} |\n", numbers.words(list, 2), numbers.words(list, 4)));
            }
            3 => text += "```json\n{\"status\": \"sent\", \"amount\": 100}\n```\n",
            _ => {}
        }
    }
    text
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("files lie in folders")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn book(root: &Path, pages: usize, editions: usize) {
    let mut config = "[book]\ntitle = \"Bench\"\naudiences = [\"public\", \"staff\"]\n[languages.ru]\n[edition.help]\naudience = \"public\"\nbase-url = \"https://help.example.com/\"\n".to_owned();
    if editions == 2 {
        config += "[edition.academy]\naudience = \"staff\"\nbase-url = \"https://academy.example.com/\"\n";
    }
    write(&root.join("book.toml"), &config);
    let mut numbers = Numbers(7);
    for (suffix, words) in [("", ENGLISH), (".ru", RUSSIAN)] {
        let list: Vec<&str> = words.split(' ').collect();
        write(&root.join(format!("content/index{suffix}.md")), "---\ntitle: Home\naudience: public\n---\nText.\n");
        for index in 0..pages / 2 {
            let (section, next) = (index / SECTION, (index + 1) % (pages / 2));
            let link = format!("../s{}/p{next}.md", next / SECTION);
            if index % SECTION == 0 {
                write(
                    &root.join(format!("content/s{section}/index{suffix}.md")),
                    "---\ntitle: Section\naudience: public\n---\nText.\n",
                );
            }
            write(&root.join(format!("content/s{section}/p{index}{suffix}.md")), &page(&mut numbers, &list, &link));
        }
    }
}

/// Wall and CPU seconds and peak memory in MiB of one run.
fn measure(root: &Path) -> (f64, f64, f64) {
    let figures = root.join("figures");
    let start = Instant::now();
    let status = Command::new("/usr/bin/env")
        .args(["python3", "-c", "import resource,subprocess,sys\ncode=subprocess.call(sys.argv[2:])\nu=resource.getrusage(resource.RUSAGE_CHILDREN)\nopen(sys.argv[1],'w').write(f'{u.ru_utime+u.ru_stime} {u.ru_maxrss}')\nsys.exit(code)"])
        .arg(&figures)
        .args([env!("CARGO_BIN_EXE_deskbook"), "build", "--strict"])
        .arg(root)
        .stderr(Stdio::null())
        .status()
        .expect("python3 measures the program");
    let wall = start.elapsed().as_secs_f64();
    assert!(status.success(), "the book builds");
    let text = fs::read_to_string(&figures).expect("the figures were written");
    let numbers: Vec<f64> = text.split(' ').filter_map(|number| number.parse().ok()).collect();
    (wall, numbers[0], numbers[1] / 1024.0)
}

fn main() {
    let shm = Path::new("/dev/shm");
    let base: PathBuf = if shm.is_dir() { shm.to_owned() } else { std::env::temp_dir() };
    println!("{:>8} {:>9} {:>8} {:>8} {:>12} {:>9}", "pages", "editions", "wall s", "CPU s", "CPU ms/page", "peak MiB");
    for editions in [1, 2] {
        let mut per_page = Vec::new();
        for pages in SIZES {
            let folder = tempfile::tempdir_in(&base).expect("there is room for a book");
            book(folder.path(), pages, editions);
            let (wall, cpu, memory) = measure(folder.path());
            let each = cpu * 1000.0 / (pages * editions) as f64;
            println!("{pages:>8} {editions:>9} {wall:>8.2} {cpu:>8.2} {each:>12.3} {memory:>9.0}");
            per_page.push(each);
        }
        println!("CPU per page at 10,000 is {:.2} times that at 1,000", per_page[2] / per_page[1]);
    }
}
