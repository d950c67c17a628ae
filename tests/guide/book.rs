//! The guide is a book without a finding.

use super::examples::lines;
use deskbook::pipeline::Memory;
use deskbook::pipeline::{self, Request};
use deskbook::source;

#[test]
fn the_guide_builds_without_a_finding() {
    let book = source::open(&super::docs()).expect("the guide is there");
    let request = Request { today: Some("2026-12-01".to_owned()), ..Request::default() };
    pipeline::run(&book, &request, &Memory::default(), |findings, sites| {
        assert!(findings.is_empty(), "\n{}", lines(&findings));
        assert_eq!(sites.len(), 1);
        for index in 0..sites[0].outputs.len() {
            sites[0].bytes(index).expect("it renders");
        }
    });
}
