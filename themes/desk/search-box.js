// `<search-box>`: the field of a page's search with suggestions below it (WAI-ARIA Authoring Practices, combobox with a listbox).
// Nothing of the search is loaded before the reader takes the field. Whatever fails leaves the plain form, which leads to the search page.

const page = document.documentElement;
const root = new URL(page.dataset.root, location.href);
const rules = new Intl.PluralRules(page.lang);
const SUGGESTIONS = 6;
/** What takes longer than this many milliseconds is announced. */
export const PATIENCE = 300;

let index;
let failures = 0;

/** The index of the page's language, loaded once; after a failure the next call tries again. */
export function engine() {
  // an address that failed may be remembered as failed, hence the number
  const again = failures ? `?${failures}` : "";
  index ??= import(new URL(`search/search.js${again}`, root))
    .then(({ open }) => open(page.lang, { base: root.href }))
    .catch((error) => {
      index = undefined;
      failures++;
      throw error;
    });
  return index;
}

/** The full address of a result. */
export const address = (url) => new URL(url, root).href;

/** A number with its noun, from the plural forms in `data-one`, `data-few`, `data-many`, `data-other`. */
export const count = (texts, number) => (texts[rules.select(number)] ?? texts.other).replace("{n}", number);

/** A text with its `{name}` filled in. */
export const fill = (text, name) => text.replace("{name}", () => name);

/** `<name>` with attributes and children; texts become text and never HTML. */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The parts of `text`, those within `ranges` as `<mark>`. */
export function marked(text, ranges = []) {
  const parts = [];
  let end = 0;
  for (const [from, to] of ranges) {
    parts.push(text.slice(end, from), element("mark", {}, text.slice(from, to)));
    end = to;
  }
  return [...parts, text.slice(end)];
}

/** Calls `take` when the reader asks for the search: `/`, also where that key types a full stop, or Ctrl+K in any layout. */
export function onShortcut(take) {
  document.addEventListener("keydown", (event) => {
    const { key, code, altKey, ctrlKey, metaKey, target } = event;
    const typing = target.closest?.("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
    const command = ctrlKey || metaKey;
    const slash = !command && !typing && (key === "/" || (key === "." && code === "Slash"));
    if (altKey || event.defaultPrevented || !(slash || (command && /^[kл]$/i.test(key)))) return;
    event.preventDefault();
    take();
  });
}

class SearchBox extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const input = form.elements.q;
    const link = this.querySelector("a");
    const texts = this.dataset;
    const list = element("div", { role: "listbox", id: "search:list", "aria-label": input.getAttribute("aria-label") });
    const note = element("p", { class: "label" });
    const panel = element("div", { class: "hints", hidden: "" }, note, list);
    const status = element("p", { class: "hear", role: "status" });
    let turn = 0;
    let active = -1;

    const choose = (place) => {
      active = place;
      [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
      const chosen = list.children[place];
      if (!chosen) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest", behavior: "instant" });
    };
    const show = (options, text, announced) => {
      list.replaceChildren(...options);
      list.hidden = !options.length;
      note.textContent = text;
      note.hidden = !text;
      status.textContent = announced;
      panel.hidden = false;
      input.setAttribute("aria-expanded", String(!list.hidden));
      choose(-1);
    };
    const close = () => {
      turn++;
      panel.hidden = true;
      status.textContent = "";
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    };
    const option = (id, href, ...children) =>
      element("a", { role: "option", id: `search:${id}`, href, tabindex: "-1", "aria-selected": "false" }, ...children);
    const suggest = (query, { hits, corrected }) => {
      const options = hits.slice(0, SUGGESTIONS).map(({ url, title, snippet, page, marks }, place) => {
        const below = url === page.url ? snippet : page.title;
        return option(place, address(url), element("span", {}, ...marked(title, marks?.title)), element("small", {}, below));
      });
      const more = `${form.action}?${new URLSearchParams({ q: query })}`;
      if (options.length) options.push(option("all", more, element("b", {}, texts.all)));
      const text = options.length ? (corrected ? fill(texts.corrected, corrected) : "") : fill(texts.none, query);
      show(options, text, options.length ? `${text} ${count(texts, options.length - 1)}` : text);
    };
    const ask = async () => {
      const mine = ++turn;
      const query = input.value.trim();
      if (!query) return close();
      const slow = setTimeout(() => mine === turn && panel.hidden && show([], texts.searching, texts.searching), PATIENCE);
      try {
        const result = await (await engine()).search(query, { limit: SUGGESTIONS });
        if (mine === turn) suggest(query, result);
      } catch {
        if (mine === turn) close();
      }
      clearTimeout(slow);
    };

    input.addEventListener("focus", () => engine().catch(() => {}));
    input.addEventListener("input", ask);
    input.addEventListener("click", () => panel.hidden && ask());
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const size = list.children.length + 1;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && panel.hidden) ask();
      else if (step) choose(((active + 1 + step + size) % size) - 1);
      else if (event.key === "Enter" && active >= 0) list.children[active].click();
      else if (event.key === "Escape" && !panel.hidden) close();
      else if (event.key === "Escape" && "open" in texts) link.focus();
      else return;
      event.preventDefault();
    });
    this.addEventListener("focusout", ({ relatedTarget }) => {
      if (this.contains(relatedTarget) && relatedTarget !== link) return;
      close();
      delete texts.open;
    });
    // the field keeps the focus while a suggestion is pressed
    panel.addEventListener("mousedown", (event) => event.preventDefault());
    const take = () => {
      texts.open = "";
      input.focus();
      input.select();
    };
    // on a phone the bar shows the link alone, and it opens the field
    link?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      take();
    });
    onShortcut(take);

    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
    for (const [key, value] of Object.entries(combobox)) input.setAttribute(key, value);
    this.append(panel, status);
  }
}
customElements.define("search-box", SearchBox);
