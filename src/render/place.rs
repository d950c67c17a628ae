//! Links as they are written on one page.

use super::Site;
use crate::address;
use crate::article::{Language, Target};

/// Where a link stands: its address and the language of its page.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub site: &'a Site<'a>,
    pub address: &'a str,
    pub language: Language,
    /// A page served at any depth starts its links here: the path of the base address.
    pub root: Option<&'a str>,
}

impl Place<'_> {
    /// The link to another output of the site.
    pub fn to(&self, address: &str) -> String {
        match self.root {
            Some(root) => format!("{root}{}", address::encode(address)),
            None => address::relative(self.address, address),
        }
    }

    /// The link to the folder that the whole site lies in.
    pub fn root_link(&self) -> String {
        match self.root {
            Some(root) => root.to_string(),
            None => format!("./{}", "../".repeat(self.address.matches('/').count())),
        }
    }

    /// The link to what a text refers to; `None` if that is nowhere in this edition.
    pub fn href(&self, target: &Target) -> Option<String> {
        match target {
            Target::Nowhere => None,
            Target::Outside(address) => Some(address.to_string()),
            Target::Here { fragment } => Some(format!("#{}", address::encode_fragment(fragment))),
            Target::Page { work, language, fragment } => {
                let page = self.site.plan.page_of(*work, language.unwrap_or(self.language))?;
                let mut href = self.to(&self.site.plan.page(page).address);
                if let Some(fragment) = fragment {
                    href.push('#');
                    href.push_str(&address::encode_fragment(fragment));
                }
                Some(href)
            }
            Target::Asset(id) => Some(self.to(&self.site.edition.assets.get(id.0 as usize)?.address)),
        }
    }
}
