use super::markdown::Reference;
use super::pieces::Header;
use crate::article::{Block, Scenario};
use crate::diagnostic::Diagnostic;
use std::sync::Arc;
pub(super) fn build(_header: &Header, _blocks: Vec<Block>, _references: &[Reference], _source: &str, _file: &Arc<str>, _findings: &mut Vec<Diagnostic>) -> Scenario { Scenario::default() }
