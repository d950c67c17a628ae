//! Expensive results, remembered under the hash of everything that went into them.
//! Nothing is ever invalidated: another input is another key.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

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
    shards: [Mutex<HashMap<Key, Arc<V>>>; 32],
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
        let lock = || shard.lock().expect("no step panics while it holds the lock");
        if let Some(value) = lock().get(&key) {
            return value.clone();
        }
        let value = Arc::new(compute());
        lock().entry(key).or_insert(value).clone()
    }
}
