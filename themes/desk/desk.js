// What every page can do beyond being read: switch between light and dark, and mark the place in the contents.

const page = document.documentElement;
const key = `${page.dataset.edition}:${new URL(page.dataset.root, location.href).pathname}:scheme`;

/** `<scheme-switch>`: a button that turns the page light or dark, and remembers it on this device. */
class SchemeSwitch extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (page.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      page.dataset.theme = isDark() ? "light" : "dark";
      show();
      try {
        localStorage.setItem(key, page.dataset.theme);
      } catch {
        // no storage: the choice holds for this page
      }
    });
    dark.addEventListener("change", show);
    show();
    button.hidden = false;
  }
}
customElements.define("scheme-switch", SchemeSwitch);

/** Marks in the contents the last heading that has passed the upper third of the window. */
function followContents(toc) {
  const links = [...toc.querySelectorAll("a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const mark = () => {
    const passed = headings.filter((heading) => heading && heading.getBoundingClientRect().top < innerHeight / 3);
    const current = links[headings.indexOf(passed.at(-1) ?? headings[0])];
    for (const link of links) link === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  addEventListener("scroll", later, { passive: true });
  mark();
}
const toc = document.querySelector(".toc");
if (toc) followContents(toc);
