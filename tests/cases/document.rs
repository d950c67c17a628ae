//! A file of cases: its lines and fenced blocks, and which of them belong together.

use std::collections::BTreeMap;
use std::fmt;

pub struct Document {
    items: Vec<Item>,
}

enum Item {
    Line(String),
    Block(Block),
}

pub struct Block {
    fence: String,
    pub info: String,
    /// Ends with a line break unless it is empty.
    pub body: String,
}

/// The blocks below a heading of level 2, by their place in the document.
pub struct Case {
    pub title: String,
    /// Files of the group.
    pub shared: Vec<usize>,
    pub blocks: Vec<usize>,
}

const FINDINGS: &str = "findings";

impl Document {
    pub fn parse(text: &str) -> Document {
        let mut items = Vec::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let ticks = line.len() - line.trim_start_matches('`').len();
            if ticks < 3 {
                items.push(Item::Line(line.into()));
                continue;
            }
            let fence = line[..ticks].to_owned();
            let body = lines.by_ref().take_while(|line| *line != fence).map(|line| format!("{line}\n")).collect();
            items.push(Item::Block(Block { info: line[ticks..].trim().into(), fence, body }));
        }
        Document { items }
    }

    pub fn block(&self, index: usize) -> &Block {
        match &self.items[index] {
            Item::Block(block) => block,
            Item::Line(line) => panic!("`{line}` is no block"),
        }
    }

    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.items.iter().filter_map(|item| match item {
            Item::Block(block) => Some(block),
            Item::Line(_) => None,
        })
    }

    /// The cases in the order of the file. One without a block would hold whatever happens.
    pub fn cases(&self) -> Vec<Case> {
        let mut cases: Vec<Case> = Vec::new();
        let mut shared = Vec::new();
        let mut in_case = false;
        for (index, item) in self.items.iter().enumerate() {
            match item {
                Item::Line(line) if line.starts_with("# ") => (shared, in_case) = (Vec::new(), false),
                Item::Line(line) if line.starts_with("## ") => {
                    cases.push(Case { title: line[3..].into(), shared: shared.clone(), blocks: Vec::new() });
                    in_case = true;
                }
                Item::Block(_) if in_case => cases.last_mut().expect("a heading began it").blocks.push(index),
                Item::Block(_) => shared.push(index),
                Item::Line(_) => {}
            }
        }
        assert!(cases.iter().all(|case| !case.blocks.is_empty()), "every case needs a block");
        cases
    }

    /// Writes what came into the blocks of the case, and says where it is not what they expected.
    pub fn write(&mut self, case: &Case, mut came: BTreeMap<String, String>) -> Option<String> {
        let mut differs = String::new();
        let mut write = |info: &str, was: &str, is: &str| {
            if was != is {
                differs += &format!("expected {info}:\n{was}but came:\n{is}");
            }
        };
        for &index in case.blocks.iter().rev() {
            let Item::Block(block) = &mut self.items[index] else { continue };
            let Some(text) = came.remove(&block.info) else { continue };
            write(&block.info, &block.body, &text);
            block.body = text;
            if block.info == FINDINGS && block.body.is_empty() {
                self.remove(index);
            }
        }
        if let Some(findings) = came.remove(FINDINGS).filter(|findings| !findings.is_empty()) {
            write(FINDINGS, "", &findings);
            self.append(case, findings);
        }
        (!differs.is_empty()).then_some(differs)
    }

    /// Removes a block and the blank line before it.
    fn remove(&mut self, index: usize) {
        self.items.remove(index);
        if matches!(&self.items[index - 1], Item::Line(line) if line.is_empty()) {
            self.items.remove(index - 1);
        }
    }

    /// Puts findings behind the last block of the case.
    fn append(&mut self, case: &Case, body: String) {
        let after = case.blocks.iter().max().expect("every case has a block") + 1;
        let block = Block { fence: "```".into(), info: FINDINGS.into(), body };
        self.items.splice(after..after, [Item::Line(String::new()), Item::Block(block)]);
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for item in &self.items {
            match item {
                Item::Line(line) => writeln!(f, "{line}")?,
                Item::Block(Block { fence, info, body }) => writeln!(f, "{fence}{info}\n{body}{fence}")?,
            }
        }
        Ok(())
    }
}
