// `<search-box>`: a field with suggestions (WAI-ARIA Authoring Practices, combobox with a listbox). Without them it is a form.

const { lang, dataset } = document.documentElement;
const root = new URL(dataset.root, location.href);
const rules = new Intl.PluralRules(lang);
const SUGGESTIONS = 6;
const PATIENCE = 300; // ms

let index;
let failures = 0;

/** The index of the page's language, loaded once. */
function engine() {
  // browsers remember a script that failed
  index ??= import(address(failures ? `search/search.js?${failures}` : "search/search.js"))
    .then(({ open }) => open(lang, { base: root.href }))
    .catch((error) => {
      index = undefined;
      failures++;
      throw error;
    });
  return index;
}

/** What the engine finds; calls `wait` if that takes long. */
export async function find(query, options, wait) {
  const waiting = setTimeout(wait, PATIENCE);
  try {
    return await (await engine()).search(query, options);
  } finally {
    clearTimeout(waiting);
  }
}

export const address = (url) => new URL(url, root).href;

/** A number with its noun, by the plural forms in `texts`. */
export const count = (texts, number) => (texts[rules.select(number)] ?? texts.other).replace("{n}", number);

export const fill = (text, name) => text.replace("{name}", () => name);

/** An element; texts stay text and never become HTML. */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  set(made, attributes);
  made.append(...children);
  return made;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** `text` in parts, those within `ranges` as `<mark>`. */
export function marked(text, ranges) {
  const parts = [];
  let end = 0;
  for (const [from, to] of ranges) {
    parts.push(text.slice(end, from), element("mark", {}, text.slice(from, to)));
    end = to;
  }
  return [...parts, text.slice(end)];
}

/** Loads the search when `input` is taken, as by `/` and Ctrl+K, also in Cyrillic. */
export function serve(input, before = () => {}) {
  input.addEventListener("focus", () => engine().catch(() => {}));
  document.addEventListener("keydown", (event) => {
    const { key, code, altKey, ctrlKey, metaKey, target } = event;
    const typing = target.closest?.("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
    const slash = key === "/" || (key === "." && code === "Slash");
    if (altKey || !(ctrlKey || metaKey ? /^[kл]$/i.test(key) : slash && !typing)) return;
    event.preventDefault();
    before();
    input.focus();
    input.select();
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
    // no stop for Tab, though it scrolls
    const panel = element("div", { class: "hints", tabindex: "-1", hidden: "" }, note, list);
    const status = element("p", { class: "hear", role: "status" });
    let turn = 0;
    let active = -1;

    const choose = (place) => {
      active = place;
      [...list.children].forEach((option, at) => set(option, { "aria-selected": at === place }));
      const chosen = list.children[place];
      if (!chosen) return input.removeAttribute("aria-activedescendant");
      set(input, { "aria-activedescendant": chosen.id });
      chosen.scrollIntoView({ block: "nearest", behavior: "instant" });
    };
    const show = (options, text, number = "") => {
      // room above the keyboard of a phone
      if (panel.hidden && !link && innerWidth < 640) this.scrollIntoView({ behavior: "instant" });
      list.replaceChildren(...options);
      list.hidden = !options.length;
      note.textContent = text;
      note.hidden = !text;
      status.textContent = `${text} ${number}`;
      panel.hidden = false;
      set(input, { "aria-expanded": !list.hidden });
      choose(-1);
    };
    const close = () => {
      turn++;
      panel.hidden = true;
      status.textContent = "";
      set(input, { "aria-expanded": false });
      choose(-1);
    };
    const option = (id, href, ...children) => element("a", { role: "option", id: `search:${id}`, href, tabindex: "-1" }, ...children);
    const suggest = (query, { hits, corrected }) => {
      const options = hits.map(({ url, title, snippet, page, marks }, place) => {
        const below = url === page.url ? snippet : page.title;
        return option(place, address(url), element("span", {}, ...marked(title, marks.title)), element("small", {}, below));
      });
      const more = `${form.action}?${new URLSearchParams({ q: query })}`;
      if (!hits.length) return show([], fill(texts.none, query));
      options.push(option("all", more, element("b", {}, texts.all)));
      show(options, corrected ? fill(texts.corrected, corrected) : "", count(texts, hits.length));
    };
    const ask = async () => {
      const mine = ++turn;
      const query = input.value.trim();
      if (!query) return close();
      choose(-1);
      const wait = () => mine === turn && panel.hidden && show([], texts.searching);
      try {
        const result = await find(query, { limit: SUGGESTIONS }, wait);
        if (mine === turn) suggest(query, result);
      } catch {
        if (mine === turn) close();
      }
    };

    input.addEventListener("input", ask);
    input.addEventListener("click", () => panel.hidden && ask());
    input.addEventListener("keydown", (event) => {
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
    input.addEventListener("blur", () => {
      close();
      delete texts.open;
    });
    // keeps the focus in the field
    panel.addEventListener("mousedown", (event) => event.preventDefault());
    // a phone has room for the link alone
    const unfold = () => (texts.open = "");
    link?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      unfold();
      input.focus();
    });
    serve(input, unfold);
    set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" });
    this.append(panel, status);
  }
}
customElements.define("search-box", SearchBox);
