//! The one door: what an audience may not see is removed here, before anything is derived from it.

use super::document::Document;
use super::outline;
use super::resolve::{Origin, Resolver};
use super::shelf::{Binding, Copy};
use super::translations;
use super::variables;
use super::{Asset, Edition, Library, Work, assets, ids, look, quiz, walk};
use crate::address::{number_prefix, readable};
use crate::article::{Article, AssetId, Block, BlockKind, Language, Meta, Target, WorkId, plain_text};
use crate::audience::Audience;
use crate::config::EditionConfig;
use crate::date;
use crate::diagnostic::{Diagnostic, Findings};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Library {
    /// What the audience of `config` may see, with the findings on references that do not hold there.
    pub fn edition(&self, config: &EditionConfig, drafts: bool) -> (Edition, Vec<Diagnostic>) {
        let reader = config.audience;
        let mut readings: Vec<_> =
            self.shelf.works.par_iter().map(|binding| self.read(binding, reader, drafts)).collect();
        let nodes = self.outline(&mut readings);
        let order = outline::reading_order(&nodes);
        let mut numbers: Vec<Option<WorkId>> = vec![None; readings.len()];
        for (number, &work) in order.iter().enumerate() {
            numbers[work] = Some(WorkId(number as u32));
        }
        let mut above = BTreeMap::new();
        outline::parents(&nodes, None, &mut above);
        let languages = self.config.all_languages();
        let contents = languages.map(|language| outline::entries(&nodes, language, &readings, &numbers)).collect();
        let resolver = Resolver::new(self, reader, &readings, &numbers);
        let resolved: Vec<Vec<Resolved>> = order.par_iter().map(|&work| self.resolve(&resolver, work)).collect();
        let mut findings = Vec::new();
        let mut logo = look::logo(self, &resolver, &mut findings);
        let footer = look::footer(self, &resolver, &mut findings);
        let mut works = Vec::with_capacity(order.len());
        for (&work, resolved) in order.iter().zip(resolved) {
            let parent = above.get(&work).and_then(|&parent| numbers[parent]);
            let mut articles = readings[work].take().expect("only works that are shown are in the reading order");
            for (article, resolved) in articles.iter_mut().flatten().zip(resolved) {
                findings.extend(resolved.findings);
                article.targets = resolved.targets.into();
                article.meta.requires = resolved.requires;
                article.meta.affects = resolved.affects;
            }
            works.push(self.work(work, WorkId(works.len() as u32), parent, articles));
        }
        let (assets, refused) = self.ship(&mut works, &mut logo);
        findings.extend(refused);
        let edition = Edition {
            name: config.name.clone(),
            label: config.label.clone().unwrap_or_else(|| vec![String::new(); self.config.languages.len()]),
            base_url: config.base_url.clone(),
            widest: reader == crate::audience::Audiences::WIDEST,
            works,
            contents,
            assets,
            logo,
            footer,
            synonyms: self.synonyms(reader),
        };
        (edition, findings)
    }

    /// By language: the groups of words that may be shown to these readers.
    fn synonyms(&self, reader: Audience) -> Vec<Vec<Vec<String>>> {
        let own = |language: Language| {
            let groups = self.synonyms.iter().filter(|group| group.language == language);
            groups.filter(|group| reader.may_read(group.audience)).map(|group| group.words.clone()).collect()
        };
        self.config.all_languages().map(own).collect()
    }

    fn outline(&self, readings: &mut [Option<Vec<Option<Article>>>]) -> Vec<outline::Node> {
        let Some(summary) = &self.summaries[0] else {
            return outline::by_folder(&self.shelf, readings, self.by_title);
        };
        for (language, summary) in self.summaries.iter().enumerate() {
            let Some(summary) = summary else { continue };
            super::summary_titles(&summary.items, &mut |path, title| {
                let Some((work, _)) = self.shelf.find(path) else { return };
                if let Some(article) = readings[work].as_mut().and_then(|articles| articles[language].as_mut()) {
                    article.title = title.into();
                }
            });
        }
        outline::by_summary(summary, &self.shelf, readings)
    }

    fn work(&self, shelf_place: usize, id: WorkId, parent: Option<WorkId>, articles: Vec<Option<Article>>) -> Work {
        let binding = &self.shelf.works[shelf_place];
        let shown = articles.iter().map(Option::is_some);
        let aliases = self.aliases[shelf_place]
            .iter()
            .filter(|(language, _)| shown.clone().nth(language.0 as usize).unwrap_or(false));
        Work {
            id,
            kind: binding.kind,
            address: binding.address.clone(),
            aliases: aliases.cloned().collect(),
            parent,
            articles,
        }
    }

    /// The articles of a work, by language; `None` where none is shown. References are not resolved yet.
    fn read(&self, binding: &Binding, reader: Audience, drafts: bool) -> Option<Vec<Option<Article>>> {
        let shown = |copy: &Copy| reader.may_read(copy.audience) && !copy.withheld && (drafts || !copy.draft);
        let source = binding.copies[0].as_ref().filter(|copy| shown(copy));
        let articles: Vec<Option<Article>> = binding
            .copies
            .iter()
            .enumerate()
            .map(|(language, copy)| {
                let copy = copy.as_ref().filter(|copy| shown(copy))?;
                Some(self.article(binding, copy, source, Language(language as u8), reader))
            })
            .collect();
        articles.iter().any(Option::is_some).then_some(articles)
    }

    fn article(
        &self,
        binding: &Binding,
        copy: &Copy,
        source: Option<&Copy>,
        language: Language,
        reader: Audience,
    ) -> Article {
        let document = &copy.document;
        let body = self.visible_body(document, reader);
        let source = source.map_or(document, |source| &source.document);
        let outdated = !Arc::ptr_eq(source, document)
            && translations::is_outdated((&source.front, &self.visible_body(source, reader)), (&document.front, &body));
        let meta = Meta { outdated, ..self.meta(document, source, copy.draft, reader) };
        let written = document.front.title.as_ref().map(|title| variables::replace(&title.value, &self.settings));
        let title = written.map_or_else(|| title(&body, binding), Into::into);
        Article { language, file: document.shown.clone(), title, meta, body, targets: Box::default() }
    }

    /// The body without what is for narrower audiences; shared where nothing is.
    fn visible_body(&self, document: &Document, reader: Audience) -> Arc<[Block]> {
        if !document.divided || !self.hides(&document.body, reader) {
            return document.body.clone();
        }
        let mut body = document.body.to_vec();
        self.remove_hidden(&mut body, reader);
        ids::clear(&mut body);
        ids::assign(&mut body);
        body.into()
    }

    /// Whether something in the blocks is not for these readers.
    fn hides(&self, blocks: &[Block], reader: Audience) -> bool {
        blocks.iter().any(|block| {
            let mut hidden = !self.is_for(&block.kind, reader);
            walk::children(&block.kind, &mut |inner| hidden = hidden || self.hides(inner, reader));
            hidden
        })
    }

    /// Whether the block's own mark, if it has one, lets these readers see it.
    fn is_for(&self, kind: &BlockKind, reader: Audience) -> bool {
        match kind {
            BlockKind::Only { name, .. } => {
                self.config.audiences.named(name).is_some_and(|audience| reader.may_read(audience))
            }
            _ => true,
        }
    }

    fn remove_hidden(&self, blocks: &mut Vec<Block>, reader: Audience) {
        blocks.retain_mut(|block| self.is_shown(&mut block.kind, reader));
    }

    /// Whether a block is shown, once what is hidden inside of it is removed. A list item or a quote that held nothing else
    /// is gone with it: an empty one would tell of it.
    fn is_shown(&self, kind: &mut BlockKind, reader: Audience) -> bool {
        let is_emptied = |inner: &mut Vec<Block>| {
            let was_empty = inner.is_empty();
            self.remove_hidden(inner, reader);
            inner.is_empty() && !was_empty
        };
        if !self.is_for(kind, reader) {
            return false;
        }
        match kind {
            BlockKind::Quote(inner) => return !is_emptied(inner),
            BlockKind::List(list) => {
                list.items.retain_mut(|item| !is_emptied(&mut item.blocks));
                return !list.items.is_empty();
            }
            _ => walk::lists_mut(kind, &mut |inner| {
                is_emptied(inner);
            }),
        }
        if let BlockKind::Quiz(quiz) = kind {
            quiz.questions.iter_mut().for_each(quiz::keep_blanks);
        }
        true
    }

    /// What the front matter says to these readers. A translation inherits what is the same in every language.
    fn meta(&self, document: &Document, source: &Document, draft: bool, reader: Audience) -> Meta {
        let (own, from) = (&document.front, &source.front);
        let text = |value: &String| -> Box<str> { variables::replace(value, &self.settings).into() };
        let texts = |list: &[super::front_matter::Placed<String>]| list.iter().map(|item| text(&item.value)).collect();
        macro_rules! inherited {
            ($key:ident) => {
                own.$key.as_ref().or(from.$key.as_ref()).map(|placed| placed.value.clone())
            };
        }
        // who looks after a page is the business of those who see everything
        let insider = reader == self.config.audiences.narrowest();
        Meta {
            description: own.description.as_ref().map(|description| text(&description.value)),
            date: inherited!(date).map(Into::into),
            version: inherited!(version).map(Into::into),
            tags: texts(&own.tags),
            keywords: texts(&own.keywords),
            owner: inherited!(owner).filter(|_| insider).map(|owner| text(&owner)),
            reviewed: inherited!(reviewed).map(Into::into),
            review_due: self.review_due(document, source).filter(|_| insider).map(Into::into),
            minutes: inherited!(minutes),
            objectives: texts(&own.objectives),
            requires: Vec::new(),
            affects: Vec::new(),
            significant: inherited!(significant).unwrap_or(false),
            popular: inherited!(popular).unwrap_or(false),
            draft,
            outdated: false,
            pass: inherited!(pass),
            template: inherited!(template).map(Into::into),
        }
    }

    /// The day after which the page's next review is overdue.
    fn review_due(&self, document: &Document, source: &Document) -> Option<String> {
        let (own, from) = (&document.front, &source.front);
        let reviewed = own.reviewed.as_ref().or(from.reviewed.as_ref())?;
        let every = own.review_every.as_ref().or(from.review_every.as_ref()).map(|every| every.value);
        let every = every.or(self.config.review_every)?;
        Some(date::iso(date::days(&reviewed.value)? + i64::from(every)))
    }

    /// Resolves the references of all articles of a work, in the order of languages.
    fn resolve(&self, resolver: &Resolver, work: usize) -> Vec<Resolved> {
        let binding = &self.shelf.works[work];
        let articles = resolver.readings[work].as_ref().expect("the reading order holds only works that are shown");
        let source = binding.copies[0].as_ref().filter(|_| articles[0].is_some());
        let pairs =
            binding.copies.iter().zip(articles).filter_map(|(copy, article)| Some((copy.as_ref()?, article.as_ref()?)));
        pairs.map(|(copy, article)| resolve_article(resolver, work, copy, source.unwrap_or(copy), article)).collect()
    }

    /// Keeps the assets that the pages and the bar above them use, and numbers them anew. Links to those that may not be published lead nowhere.
    fn ship(&self, works: &mut [Work], logo: &mut Option<AssetId>) -> (Vec<Asset>, Vec<Diagnostic>) {
        let articles = || works.iter().flat_map(|work| work.articles.iter().flatten());
        let used: BTreeSet<AssetId> =
            articles().flat_map(|article| article.targets.iter()).filter_map(asset_of).chain(*logo).collect();
        let mut findings = Vec::new();
        let mut shipped = Vec::new();
        let mut numbers: BTreeMap<AssetId, AssetId> = BTreeMap::new();
        for id in used {
            let asset = &self.assets[id.0 as usize];
            let shown = [&*self.config.src, &*asset.path].join("/");
            match assets::refuse(shown.trim_start_matches('/'), &asset.origin, self.config.raw_html) {
                Some(finding) => findings.push(finding),
                None => {
                    numbers.insert(id, AssetId(shipped.len() as u32));
                    shipped.push(Asset { address: asset.path.clone(), origin: asset.origin.clone() });
                }
            }
        }
        for article in works.iter_mut().flat_map(|work| work.articles.iter_mut().flatten()) {
            for target in &mut article.targets {
                if let Target::Asset(asset) = target {
                    *target = numbers.get(asset).map_or(Target::Nowhere, |number| Target::Asset(*number));
                }
            }
        }
        *logo = logo.and_then(|asset| numbers.get(&asset).copied());
        (shipped, findings)
    }
}

struct Resolved {
    targets: Vec<Target>,
    requires: Vec<WorkId>,
    affects: Vec<WorkId>,
    findings: Vec<Diagnostic>,
}

fn resolve_article(resolver: &Resolver, work: usize, copy: &Copy, source: &Copy, article: &Article) -> Resolved {
    let document = &copy.document;
    let from = Origin { document, work, language: article.language };
    let mut findings = Findings::default();
    let mut targets = vec![Target::Nowhere; document.references.len()];
    let mut resolve = |index: usize, findings: &mut Findings| {
        let mut own = Vec::new();
        targets[index] = resolver.target(&from, &document.references[index], &mut own);
        findings.extend(own);
    };
    if document.divided {
        // what stands in hidden blocks is not even looked at
        let mut visible = BTreeSet::new();
        walk::targets(&article.body, &mut |target| {
            visible.insert(target.0 as usize);
        });
        visible.into_iter().for_each(|index| resolve(index, &mut findings));
    } else {
        (0..document.references.len()).for_each(|index| resolve(index, &mut findings));
    }
    let mut named_findings = Vec::new();
    let mut named = |own: &[super::front_matter::Placed<String>], inherited: &[super::front_matter::Placed<String>]| {
        let (holder, list) = if own.is_empty() { (&source.document, inherited) } else { (document, own) };
        let from = Origin { document: holder, work, language: article.language };
        let works =
            list.iter().filter_map(|path| resolver.named_work(&from, &path.value, path.at, &mut named_findings));
        works.collect::<Vec<_>>()
    };
    let requires = named(&document.front.requires, &source.document.front.requires);
    let affects = named(&document.front.affects, &source.document.front.affects);
    findings.extend(named_findings);
    Resolved { targets, requires, affects, findings: findings.into_vec(&document.shown) }
}

fn asset_of(target: &Target) -> Option<AssetId> {
    match target {
        Target::Asset(asset) => Some(*asset),
        _ => None,
    }
}

/// The first heading's text, else the file's name.
fn title(body: &[Block], binding: &Binding) -> Box<str> {
    let heading = body.iter().find_map(|block| match &block.kind {
        BlockKind::Heading(heading) => Some(plain_text(&heading.inlines)),
        _ => None,
    });
    let folder = super::shelf::split(&binding.folder).1;
    match heading.filter(|title| !title.trim().is_empty()) {
        Some(title) => title.into(),
        None if binding.is_index() && !folder.is_empty() => readable(number_prefix(folder).1).into(),
        None => readable(&binding.name).into(),
    }
}
