//! Plan and theme become bytes, one output at a time, when asked for.

mod html;
mod model;
mod place;
mod quiz;
#[cfg(test)]
mod tests;

use crate::article::AssetId;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::library::Edition;
use crate::plan::{Content, PageId, Plan, template_of};
use crate::theme::{Theme, render_finding};
use place::Place;
use std::collections::BTreeSet;
use std::path::PathBuf;
use tera::{Context, Value};

/// All outputs of an edition, sorted by address, each address once.
pub struct Site<'a> {
    pub outputs: Vec<Output>,
    plan: &'a Plan,
    pub edition: &'a Edition,
    config: &'a Config,
    theme: &'a Theme,
    /// The words of each language as templates read them.
    words: Vec<Value>,
    /// The side bars, each with the place where every line may be marked as current.
    navigations: Vec<model::SideBar>,
}

/// One file of the site.
#[derive(Clone, PartialEq, Debug)]
pub struct Output {
    pub address: String,
    pub recipe: Recipe,
}

/// What the bytes of an output are made from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Recipe {
    Page(PageId),
    /// By its place in the plan.
    Redirect(u32),
    Asset(AssetId),
    /// By its place in the theme.
    ThemeFile(u32),
}

/// Why an output has no bytes.
#[derive(Debug)]
pub enum Failure {
    /// The theme's or the author's mistake.
    Finding(Box<Diagnostic>),
    /// An asset that could not be read.
    Io(PathBuf, std::io::Error),
}

/// The outputs of an edition; nothing is rendered yet but the side bars.
pub fn site<'a>(plan: &'a Plan, edition: &'a Edition, config: &'a Config, theme: &'a Theme) -> Site<'a> {
    let mut outputs = outputs(plan, edition, theme);
    outputs.sort_by(|a, b| a.address.cmp(&b.address));
    outputs.dedup_by(|a, b| a.address == b.address);
    leave_out_what_lies_in_files(&mut outputs);
    let words = theme.words.iter().map(|words| Value::from_serializable(&words.list)).collect();
    let navigations = plan.navigations.iter().map(|navigation| model::side_bar(plan, theme, navigation)).collect();
    Site { outputs, plan, edition, config, theme, words, navigations }
}

/// No file lies in a file. Two addresses of which one is a folder of the other are a finding; this is for lenient builds.
fn leave_out_what_lies_in_files(outputs: &mut Vec<Output>) {
    let files: BTreeSet<String> = outputs.iter().map(|output| output.address.clone()).collect();
    outputs
        .retain(|output| output.address.match_indices('/').all(|(slash, _)| !files.contains(&output.address[..slash])));
}

fn outputs(plan: &Plan, edition: &Edition, theme: &Theme) -> Vec<Output> {
    let output = |address: &str, recipe| Output { address: address.to_string(), recipe };
    let pages = plan.pages.iter().zip(0..).map(|(page, id)| output(&page.address, Recipe::Page(PageId(id))));
    let redirects = plan.redirects.iter().zip(0..).map(|(from, id)| output(&from.address, Recipe::Redirect(id)));
    let assets = edition.assets.iter().zip(0..).map(|(file, id)| output(&file.address, Recipe::Asset(AssetId(id))));
    let files = theme.files.iter().zip(0..).map(|(file, id)| output(&file.address, Recipe::ThemeFile(id)));
    pages.chain(files).chain(redirects).chain(assets).collect()
}

impl Site<'_> {
    /// The bytes of the output at `index`.
    pub fn bytes(&self, index: usize) -> Result<Vec<u8>, Failure> {
        match self.outputs[index].recipe {
            Recipe::Page(id) => self.page(id),
            Recipe::Redirect(id) => self.redirect(id as usize),
            Recipe::Asset(id) => self.asset(id),
            Recipe::ThemeFile(id) => Ok(self.theme.files[id as usize].text.as_bytes().to_vec()),
        }
    }

    fn page(&self, id: PageId) -> Result<Vec<u8>, Failure> {
        let page = self.plan.page(id);
        let work = page.work(self.edition);
        let own = page.article(self.edition).and_then(|article| article.meta.template.as_deref());
        let template = match page.content {
            Content::NotFound => "404",
            _ if self.plan.homes.contains(&id) => "home",
            _ => work.map_or("page", |work| template_of(work.kind)),
        };
        let context = model::page_context(self, id);
        self.template(&format!("{}.html", own.unwrap_or(template)), &context)
    }

    fn redirect(&self, index: usize) -> Result<Vec<u8>, Failure> {
        let redirect = &self.plan.redirects[index];
        let page = self.plan.page(redirect.to);
        let place = Place { site: self, address: &redirect.address, language: page.language, root: None };
        let mut context = Context::new();
        context.insert("lang", &self.config.languages[page.language.0 as usize].code);
        context.insert("to", &place.to(&page.address));
        context.insert_value("words", self.words[page.language.0 as usize].clone());
        self.template("redirect.html", &context)
    }

    fn template(&self, name: &str, context: &Context) -> Result<Vec<u8>, Failure> {
        let text = self.theme.templates.render(name, context);
        text.map(String::into_bytes).map_err(|error| Failure::Finding(render_finding(self.theme, name, &error).into()))
    }

    fn asset(&self, id: AssetId) -> Result<Vec<u8>, Failure> {
        let asset = &self.edition.assets[id.0 as usize];
        asset.origin.bytes().map_err(|error| Failure::Io(PathBuf::from(&*asset.address), error))
    }
}
