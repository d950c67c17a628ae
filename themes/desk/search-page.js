// `<search-page>`: the results of `?q=`, grouped by page, above the list of all questions. That list gives way to results
// only, so that nothing found, or a search that does not work, never leaves the reader with an empty page.

import { PATIENCE, address, count, element, engine, fill, marked, onShortcut } from "./search-box.js";

const FIRST = 10;
const STEP = 20;
/** No more than these are ranked. */
const MOST = 50;
/** How long typing pauses, in milliseconds, before the address follows. */
const PAUSE = 300;

/** Hits in their order, gathered by the page they lie on. */
function byPage(hits) {
  const groups = new Map();
  for (const hit of hits) {
    if (!groups.has(hit.page.url)) groups.set(hit.page.url, []);
    groups.get(hit.page.url).push(hit);
  }
  return [...groups.values()];
}

const title = (level, { url, title, marks }, data) =>
  element(level, {}, element("a", { href: address(url), ...data }, ...marked(title, marks?.title)));
const snippet = ({ snippet, marks }) => (snippet ? [element("p", {}, ...marked(snippet, marks?.snippet))] : []);

/** A page once, with its hits below; where the page itself is a hit, its title is that hit's. */
function group(hits, label) {
  const { page } = hits[0];
  const own = hits.find(({ url }) => url === page.url);
  const parts = hits.filter((hit) => hit !== own).map((hit) => element("li", {}, title("h3", hit, { "data-hit": "" }), ...snippet(hit)));
  const head = own ? title("h2", own, { "data-hit": "" }) : title("h2", page, {});
  head.className = own ? "" : "above";
  if (label) head.append(" ", element("span", { class: "tag" }, label));
  const below = parts.length ? [element("ul", {}, ...parts)] : [];
  return element("li", {}, head, ...(own ? snippet(own) : []), ...below);
}

class SearchPage extends HTMLElement {
  connectedCallback() {
    const part = (selector) => this.querySelector(selector);
    const [form, heading, status, filter, list] = ["form", "h1", "[role=status]", ".kinds", ".hits"].map(part);
    const [more, none, all] = [".more", ".none", ".everything"].map(part);
    const input = form.elements.q;
    const texts = this.dataset;
    const radios = filter ? [...filter.querySelectorAll("input")] : [];
    const names = new Map(radios.map((radio) => [radio.value, radio.nextElementSibling.textContent]));
    const plain = { title: document.title, heading: heading.textContent };
    let turn = 0;
    let kind = "";
    let shown = FIRST;
    let pause;

    const links = () => [...list.querySelectorAll("[data-hit]")];
    /** Shows `hits`, or the list of everything where there are none. */
    const reveal = (hits) => {
      list.replaceChildren(...byPage(hits).map((hits) => group(hits, names.get(hits[0].kind))));
      list.hidden = !hits.length;
      all.hidden = hits.length > 0;
      heading.textContent = hits.length ? texts.results : plain.heading;
      if (none) none.hidden = true;
    };
    const reset = () => {
      reveal([]);
      more.hidden = true;
      if (filter) filter.hidden = true;
      status.replaceChildren();
      status.className = "";
    };
    const fail = () => {
      reset();
      status.className = "notice";
      status.append(element("div", {}, texts.fails), element("p", {}, texts.failsText));
    };
    const offer = (kinds, total) => {
      for (const radio of radios) {
        const number = radio.value ? (kinds[radio.value] ?? 0) : total;
        radio.checked = radio.value === kind;
        radio.parentElement.hidden = !number;
        radio.parentElement.lastElementChild.textContent = number;
      }
      if (filter) filter.hidden = radios.filter((radio) => !radio.parentElement.hidden).length < 3;
    };
    const show = (query, { hits, corrected, kinds }) => {
      reset();
      const sum = Object.values(kinds).reduce((sum, number) => sum + number, 0);
      const total = kind ? kinds[kind] : sum;
      reveal(hits);
      offer(kinds, sum);
      more.hidden = hits.length < shown || hits.length >= Math.min(total, MOST);
      if (!hits.length && none) all.hidden = !(none.hidden = false);
      if (corrected && hits.length) status.append(element("p", {}, fill(texts.corrected, corrected)));
      const found = total < MOST ? count(texts, total) : texts.best.replace("{n}", MOST);
      status.append(element("p", {}, hits.length ? found : fill(texts.none, query)));
    };
    const search = async () => {
      const mine = ++turn;
      const query = input.value.trim();
      if (!query) return reset();
      const slow = setTimeout(() => mine === turn && status.replaceChildren(element("p", {}, texts.searching)), PATIENCE);
      try {
        const index = await engine();
        let result = await index.search(query, { limit: shown, kind: kind || undefined });
        if (kind && !result.kinds[kind] && mine === turn) {
          // what is typed now has none of the kind chosen before
          kind = "";
          result = await index.search(query, { limit: shown });
        }
        if (mine === turn) show(query, result);
      } catch {
        if (mine === turn) fail();
      }
      clearTimeout(slow);
    };
    /** The address and the title of the window follow what is shown. */
    const follow = () => {
      clearTimeout(pause);
      const query = input.value.trim();
      const given = Object.entries({ q: query, kind }).filter(([, value]) => value);
      history.replaceState(null, "", `${location.pathname}${given.length ? `?${new URLSearchParams(given)}` : ""}`);
      document.title = query ? plain.title.replace(plain.heading, () => `${query} · ${texts.results}`) : plain.title;
    };
    const start = () => {
      const asked = new URLSearchParams(location.search);
      input.value = (asked.get("q") ?? "").slice(0, input.maxLength);
      kind = names.has(asked.get("kind")) ? asked.get("kind") : "";
      shown = FIRST;
      if (input.value) follow();
      search();
    };
    const again = () => {
      shown = FIRST;
      search();
    };

    input.addEventListener("focus", () => engine().catch(() => {}));
    input.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(follow, PAUSE);
      again();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      follow();
      again();
      // hides the keyboard of a phone
      if (matchMedia("(pointer: coarse)").matches) input.blur();
    });
    filter?.addEventListener("change", ({ target }) => {
      kind = target.value;
      follow();
      again();
    });
    more.addEventListener("click", async () => {
      const before = new Set(links().map((link) => link.href));
      shown = Math.min(shown + STEP, MOST);
      await search();
      links().find((link) => !before.has(link.href))?.focus();
    });
    this.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [input, ...links()];
      const now = stops.indexOf(event.target);
      if (!step || now < 0 || event.isComposing || list.hidden) return;
      event.preventDefault();
      stops[Math.max(0, Math.min(now + step, stops.length - 1))].focus();
    });
    addEventListener("popstate", start);
    addEventListener("online", () => status.className && search());
    onShortcut(() => {
      input.focus();
      input.select();
    });
    start();
  }
}
customElements.define("search-page", SearchPage);
