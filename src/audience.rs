//! Who may read what.

/// An audience of the book, by its place in `[book] audiences`: 0 is the widest.
/// A reader of one sees all that is meant for those before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Audience(pub u8);

impl Audience {
    /// Whether a reader of this audience may see what is marked for `mark`.
    pub fn may_read(self, mark: Audience) -> bool {
        mark <= self
    }
}

/// The audiences of a book, widest first; never empty.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Audiences {
    pub names: Vec<String>,
}

impl Audiences {
    pub const WIDEST: Audience = Audience(0);

    pub fn named(&self, name: &str) -> Option<Audience> {
        let index = self.names.iter().position(|known| known == name)?;
        Some(Audience(index as u8))
    }

    pub fn name(&self, audience: Audience) -> &str {
        &self.names[audience.0 as usize]
    }

    /// The audience of everything that carries no mark.
    pub fn narrowest(&self) -> Audience {
        Audience((self.names.len() - 1) as u8)
    }
}
