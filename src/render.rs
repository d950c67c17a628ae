//! Plan and theme become bytes, one output at a time, when asked for.

mod html;
mod machines;
mod markdown;
mod model;
mod place;
mod quiz;
mod shared;
mod text;
#[cfg(test)]
mod tests;

use crate::article::{AssetId, Language};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::highlight::Memory;
use crate::library::Edition;
use crate::plan::{Content, PageId, Plan, Style, template_of};
use crate::search::{self, Indexes};
use crate::theme::{Theme, render_finding};
use place::Place;
use shared::Shared;
use std::collections::BTreeSet;
use std::path::PathBuf;
use tera::Context;

/// Room for the bytes of a page, so that they seldom have to move while they grow.
const USUAL_PAGE: usize = 16 << 10;

/// All outputs of an edition, sorted by address, each address once. None has its bytes yet but the files of the search: what
/// they are called depends on what is in them.
pub struct Site<'a> {
    pub outputs: Vec<Output>,
    plan: &'a Plan,
    pub edition: &'a Edition,
    config: &'a Config,
    theme: &'a Theme,
    /// Blocks of code highlighted before.
    memory: &'a Memory,
    shared: Shared,
    /// Address and bytes of each file of the search.
    search: Vec<(String, Vec<u8>)>,
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
    /// The Markdown of a page.
    Twin(PageId),
    Feed(Language),
    Llms(Language),
    Sitemap,
    Robots,
    Headers,
    /// By its place among the files of the search.
    Search(u32),
}

/// Why an output has no bytes.
#[derive(Debug)]
pub enum Failure {
    /// The theme's or the author's mistake.
    Finding(Box<Diagnostic>),
    /// An asset that could not be read.
    Io(PathBuf, std::io::Error),
}

/// The outputs of an edition; nothing is rendered yet but what pages share, and what is searched.
pub fn site<'a>(indexes: &Indexes<'a>, theme: &'a Theme, memory: &'a Memory) -> Site<'a> {
    let Indexes { edition, plan, config, .. } = *indexes;
    let shared = Shared::new(plan, config, theme);
    let search = search::files(indexes);
    let mut site = Site { outputs: Vec::new(), plan, edition, config, theme, memory, shared, search };
    site.outputs = outputs(&site);
    site.outputs.sort_by(|a, b| a.address.cmp(&b.address));
    site.outputs.dedup_by(|a, b| a.address == b.address);
    leave_out_what_lies_in_files(&mut site.outputs);
    site
}

/// No file lies in a file. Two addresses of which one is a folder of the other are a finding; this is for lenient builds.
fn leave_out_what_lies_in_files(outputs: &mut Vec<Output>) {
    let files: BTreeSet<String> = outputs.iter().map(|output| output.address.clone()).collect();
    outputs
        .retain(|output| output.address.match_indices('/').all(|(slash, _)| !files.contains(&output.address[..slash])));
}

fn outputs(site: &Site) -> Vec<Output> {
    let Site { plan, edition, theme, .. } = site;
    let output = |address: &str, recipe| Output { address: address.to_string(), recipe };
    let pages = plan.pages.iter().zip(0..).map(|(page, id)| output(&page.address, Recipe::Page(PageId(id))));
    let redirects = plan.redirects.iter().zip(0..).map(|(from, id)| output(&from.address, Recipe::Redirect(id)));
    let assets = edition.assets.iter().zip(0..).map(|(file, id)| output(&file.address, Recipe::Asset(AssetId(id))));
    let files = theme.files.iter().zip(0..).map(|(file, id)| output(&file.address, Recipe::ThemeFile(id)));
    let search = site.search.iter().zip(0..).map(|((address, _), id)| output(address, Recipe::Search(id)));
    pages.chain(files).chain(for_machines(site)).chain(search).chain(redirects).chain(assets).collect()
}

fn for_machines(site: &Site) -> Vec<Output> {
    let output = |address: String, recipe| Output { address, recipe };
    let mut outputs = vec![output("robots.txt".into(), Recipe::Robots), output("_headers".into(), Recipe::Headers)];
    if site.edition.widest && site.edition.base_url.is_some() {
        outputs.push(output("sitemap.xml".into(), Recipe::Sitemap));
    }
    for language in site.config.all_languages() {
        let own = |name: &str| machines::of_language(site.plan, language, name);
        outputs.push(output(own("llms.txt"), Recipe::Llms(language)));
        if machines::has_feed(site, language) {
            outputs.push(output(own("feed.xml"), Recipe::Feed(language)));
        }
    }
    let twins = machines::own_pages(site).filter(|(_, page, _)| machines::has_twin(page, site));
    outputs.extend(twins.map(|(id, page, _)| output(machines::twin_address(&page.address), Recipe::Twin(id))));
    outputs
}

impl Site<'_> {
    /// The bytes of the output at `index`.
    pub fn bytes(&self, index: usize) -> Result<Vec<u8>, Failure> {
        match self.outputs[index].recipe {
            Recipe::Page(id) => self.page(id),
            Recipe::Redirect(id) => self.redirect(id as usize),
            Recipe::Asset(id) => self.asset(id),
            Recipe::ThemeFile(id) => Ok(self.theme.files[id as usize].text.as_bytes().to_vec()),
            Recipe::Twin(id) => Ok(markdown::twin(self, id).into()),
            Recipe::Feed(language) => Ok(machines::feed(self, language).into()),
            Recipe::Llms(language) => Ok(machines::llms(self, language).into()),
            Recipe::Sitemap => Ok(machines::sitemap(self).into()),
            Recipe::Robots => Ok(machines::robots(self).into()),
            Recipe::Headers => Ok(machines::headers(self).into()),
            Recipe::Search(id) => Ok(self.search[id as usize].1.clone()),
        }
    }

    fn page(&self, id: PageId) -> Result<Vec<u8>, Failure> {
        let page = self.plan.page(id);
        let work = page.work(self.edition);
        let own = page.article(self.edition).and_then(|article| article.meta.template.as_deref());
        let own = own.filter(|name| self.theme.templates.contains_template(&format!("{name}.html")));
        let template = match page.content {
            Content::NotFound => "404",
            Content::Search => "search",
            _ if self.plan.homes.contains(&id) => match self.plan.fronts[page.language.0 as usize].style {
                Style::Academy => "academy",
                Style::Help => "help",
                Style::Plain => "home",
            },
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
        context
            .insert("canonical", &machines::absolute(self, &page.address).unwrap_or_else(|| place.to(&page.address)));
        context.insert("policy", machines::POLICY);
        context.insert_value("words", self.shared.words(page.language));
        self.template("redirect.html", &context)
    }

    fn template(&self, name: &str, context: &Context) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::with_capacity(USUAL_PAGE);
        let written = self.theme.templates.render_to(name, context, &mut bytes);
        written.map_err(|error| Failure::Finding(render_finding(self.theme, name, &error).into()))?;
        Ok(bytes)
    }

    fn asset(&self, id: AssetId) -> Result<Vec<u8>, Failure> {
        let asset = &self.edition.assets[id.0 as usize];
        asset.origin.bytes().map_err(|error| Failure::Io(PathBuf::from(&*asset.address), error))
    }
}
