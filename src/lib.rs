//! One folder of Markdown, two sites: an academy for support staff and a help centre for customers.
//!
//! The rooms stand in the order of their layers: a room uses only those above it in this list.

pub mod span;
pub mod diagnostic;
pub mod audience;
pub mod address;
pub mod memo;
pub mod date;

pub mod article;
pub mod config;
pub mod source;

pub mod library;
pub mod theme;
pub mod plan;
pub mod search;
pub mod highlight;
pub mod render;
pub mod pipeline;
pub mod publish;
pub mod cli;
