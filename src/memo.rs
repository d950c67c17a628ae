//! Expensive results, remembered under the hash of everything that went into them.
//! Nothing is ever invalidated: another input is another key.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// The hash of a whole input.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key(pub [u8; 32]);

impl Key {
    /// The key of several parts; where one ends and the next begins is a part of it.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Key(*hasher.finalize().as_bytes())
    }

    /// The first `digits` hexadecimal digits, for names of files.
    pub fn hex(&self, digits: usize) -> String {
        let mut hex: String = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        hex.truncate(digits);
        hex
    }
}

/// Results of one expensive step. Cheap to share between threads: each shard has its own lock.
pub struct Memo<V> {
    shards: [Mutex<HashMap<Key, Remembered<V>>>; 32],
}

struct Remembered<V> {
    value: Arc<V>,
    /// Whether it was asked for since the last `forget_unused`.
    used: bool,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Memo { shards: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl<V> Memo<V> {
    /// The result remembered under `key`, else that of `compute`, which must depend on nothing but what `key` hashes.
    /// Two threads that ask at once may both compute; they get the same value.
    pub fn get(&self, key: Key, compute: impl FnOnce() -> V) -> Arc<V> {
        let shard = &self.shards[key.0[0] as usize % self.shards.len()];
        if let Some(known) = lock(shard).get_mut(&key) {
            known.used = true;
            return known.value.clone();
        }
        let value = Arc::new(compute());
        lock(shard).entry(key).or_insert(Remembered { value, used: true }).value.clone()
    }

    #[cfg(test)]
    pub fn remembered(&self) -> usize {
        self.shards.iter().map(|shard| lock(shard).len()).sum()
    }

    /// Drops what nobody asked for since the last call. A step that runs over a whole book calls this at its end, so
    /// that what is remembered never grows past one book.
    pub fn forget_unused(&self) {
        for shard in &self.shards {
            lock(shard).retain(|_, known| std::mem::take(&mut known.used));
        }
    }
}

fn lock<T>(shard: &Mutex<T>) -> MutexGuard<'_, T> {
    shard.lock().expect("no step panics while it holds the lock")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_last_run_did_not_use_is_forgotten() {
        let memo = Memo::default();
        let run = |inputs: &[&'static str]| {
            let mut computed = Vec::new();
            for input in inputs {
                memo.get(Key::of(&[input.as_bytes()]), || computed.push(*input));
            }
            memo.forget_unused();
            computed
        };
        assert_eq!(run(&["a", "b"]), ["a", "b"]);
        assert_eq!(run(&["b", "c", "b"]), ["c"], "what the last run used is remembered");
        assert_eq!(run(&["a", "b"]), ["a"], "and nothing else");
    }
}
