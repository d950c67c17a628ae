//! Two folders exchanged in one step.

use super::{Error, at};
use std::fs;
use std::io;
use std::path::Path;

/// Puts `spare` in the place of `live`, and `live`, if there is one, in the place of `spare`.
pub(super) fn exchange(spare: &Path, live: &Path, old: &Path) -> Result<(), Error> {
    if !live.exists() {
        return fs::rename(spare, live).map_err(at("publish", live));
    }
    match in_one_step(spare, live) {
        Ok(()) => Ok(()),
        Err(error) if is_unsupported(&error) => in_two_steps(spare, live, old),
        Err(error) => Err(at("publish", live)(error)),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn in_one_step(spare: &Path, live: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, spare, CWD, live, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn in_one_step(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Some file systems and kernels know no exchange: `EINVAL`, `ENOSYS` or `EOPNOTSUPP`.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Where an exchange is not to be had: the live folder steps aside, the new one takes its place. A build killed between
/// the two steps leaves no live folder; `recover` puts the old one back before the next build does anything.
pub(super) fn in_two_steps(spare: &Path, live: &Path, old: &Path) -> Result<(), Error> {
    if let Some(parent) = old.parent() {
        fs::create_dir_all(parent).map_err(at("create", parent))?;
    }
    fs::rename(live, old).map_err(at("publish", live))?;
    if let Err(error) = fs::rename(spare, live) {
        fs::rename(old, live).map_err(at("restore", live))?;
        return Err(at("publish", live)(error));
    }
    fs::rename(old, spare).map_err(at("keep", spare))
}

/// Finishes what a killed build began in two steps.
pub(super) fn recover(spare: &Path, live: &Path, old: &Path) -> Result<(), Error> {
    if !old.exists() {
        return Ok(());
    }
    if !live.exists() {
        return fs::rename(old, live).map_err(at("restore", live));
    }
    if spare.exists() {
        return fs::remove_dir_all(old).map_err(at("remove", old));
    }
    fs::rename(old, spare).map_err(at("keep", spare))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(root: &Path, names: &[&str]) {
        for name in names {
            fs::create_dir_all(root.join(name)).unwrap();
            fs::write(root.join(name).join("file"), name).unwrap();
        }
    }

    #[test]
    fn two_steps_do_what_one_does() {
        for stepwise in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let path = |name| folder.path().join(name);
            tree(folder.path(), &["spare", "live"]);
            if stepwise {
                in_two_steps(&path("spare"), &path("live"), &path("x/old")).unwrap();
            } else {
                exchange(&path("spare"), &path("live"), &path("x/old")).unwrap();
            }
            assert_eq!(fs::read_to_string(path("live/file")).unwrap(), "spare");
            assert_eq!(fs::read_to_string(path("spare/file")).unwrap(), "live");
        }
    }

    #[test]
    fn a_killed_build_is_recovered() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name| folder.path().join(name);
        tree(folder.path(), &["spare", "old"]);
        recover(&path("spare"), &path("live"), &path("old")).unwrap();
        assert_eq!(fs::read_to_string(path("live/file")).unwrap(), "old");
    }
}
