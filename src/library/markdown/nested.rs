//! Ranges one inside the other.

use crate::span::ByteRange;

/// Ranges of which each two are apart or one inside the other.
pub(super) struct Nested {
    /// By start, each with the place of the one around it.
    ranges: Vec<(ByteRange, Option<usize>)>,
}

impl Nested {
    pub fn new(mut ranges: Vec<ByteRange>) -> Self {
        ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut open: Vec<usize> = Vec::new();
        let mut nested: Vec<(ByteRange, Option<usize>)> = Vec::with_capacity(ranges.len());
        for range in ranges {
            while open.last().is_some_and(|&around| !nested[around].0.contains(range)) {
                open.pop();
            }
            nested.push((range, open.last().copied()));
            open.push(nested.len() - 1);
        }
        Nested { ranges: nested }
    }

    /// The smallest range that holds `inner`.
    pub fn innermost(&self, inner: ByteRange) -> Option<ByteRange> {
        let begun = self.ranges.partition_point(|(range, _)| range.start <= inner.start);
        let mut candidate = begun.checked_sub(1);
        while let Some((range, around)) = candidate.map(|at| self.ranges[at]) {
            if range.contains(inner) {
                return Some(range);
            }
            candidate = around;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_range_around() {
        let nested =
            Nested::new([(4, 6), (0, 20), (2, 9), (10, 12)].map(|(start, end)| ByteRange::new(start, end)).into());
        let found = |start, end| nested.innermost(ByteRange::new(start, end)).map(|range| (range.start, range.end));
        assert_eq!(found(4, 5), Some((4, 6)));
        assert_eq!(found(5, 8), Some((2, 9)));
        assert_eq!(found(7, 11), Some((0, 20)));
        assert_eq!(found(11, 12), Some((10, 12)));
        assert_eq!(found(19, 21), None);
    }
}
