// Light or dark before the first paint. A classic script, because modules run too late.
(() => {
  const { edition, root } = document.documentElement.dataset;
  try {
    const chosen = localStorage.getItem(`${edition}:${new URL(root, location.href).pathname}:scheme`);
    if (chosen) document.documentElement.dataset.theme = chosen;
  } catch {
    // no storage: the system's choice stands
  }
})();
