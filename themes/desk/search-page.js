// `<search-page>`: what `?q=` finds, in place of the list of everything, which stays when the search fails.

import { address, count, element, fill, find, marked, serve } from "./search-box.js";

const FIRST = 10;
const STEP = 20;
const MOST = 50;
/** From the last key until the address follows, in ms. */
const PAUSE = 300;

/** Hits in their order, gathered by page. */
function byPage(hits) {
  const pages = new Map();
  for (const hit of hits) pages.set(hit.page.url, [...(pages.get(hit.page.url) ?? []), hit]);
  return [...pages.values()];
}

const found = (level, { url, title, snippet, marks }) => [
  element(level, {}, element("a", { href: address(url), "data-hit": "" }, ...marked(title, marks.title))),
  element("p", {}, ...marked(snippet, marks.snippet)),
];

/** A page and its hits. */
function entry(hits, kind) {
  const { page } = hits[0];
  const own = hits.find(({ url }) => url === page.url);
  const name = element("a", { href: address(page.url) }, page.title);
  const [head, ...text] = own ? found("h2", own) : [element("h2", { class: "above" }, name)];
  if (kind) head.append(" ", element("span", { class: "tag" }, kind));
  const parts = hits.filter((hit) => hit !== own).map((hit) => element("li", {}, ...found("h3", hit)));
  return element("li", {}, head, ...text, ...(parts.length ? [element("ul", {}, ...parts)] : []));
}

class SearchPage extends HTMLElement {
  connectedCallback() {
    const parts = ["form", "h1", "[role=status]", ".kinds", ".hits", ".more", ".none", ".everything"];
    const [form, heading, status, filter, list, more, none, all] = parts.map((part) => this.querySelector(part));
    const input = form.elements.q;
    const texts = this.dataset;
    const radios = [...filter.querySelectorAll("input")];
    const plain = { title: document.title, heading: heading.textContent };
    let turn = 0;
    let kind = "";
    let shown = FIRST;
    let pause;

    const links = () => [...list.querySelectorAll("[data-hit]")];
    const nameOf = (kind) => radios.find(({ value }) => value === kind)?.dataset.one;
    /** Shows `hits`, or what stands in for them, and says `lines`. */
    const show = (hits, lines, instead = all) => {
      list.replaceChildren(...byPage(hits).map((hits) => entry(hits, nameOf(hits[0].kind))));
      for (const part of [list, none, all]) part.hidden = part !== (hits.length ? list : instead);
      more.hidden = filter.hidden = true;
      heading.textContent = all.hidden ? texts.results : plain.heading;
      status.className = "";
      status.replaceChildren(...lines.map((line) => element("p", {}, line)));
    };
    const offer = (kinds, sum) => {
      for (const radio of radios) {
        const { parentElement: label, value } = radio;
        const number = value ? kinds[value] : sum;
        radio.checked = value === kind;
        label.hidden = !number;
        label.lastElementChild.textContent = number;
      }
      filter.hidden = !radios[1] || Object.keys(kinds).length < 2;
    };
    const results = (query, { hits, corrected, kinds }) => {
      const sum = Object.values(kinds).reduce((sum, number) => sum + number, 0);
      const total = kind ? kinds[kind] : sum;
      if (!hits.length) return show([], [fill(texts.none, query)], none);
      const number = total < MOST ? count(texts, total) : texts.best.replace("{n}", MOST);
      show(hits, corrected ? [fill(texts.corrected, corrected), number] : [number]);
      offer(kinds, sum);
      more.hidden = hits.length >= Math.min(total, MOST);
    };
    const search = async () => {
      const mine = ++turn;
      const query = input.value.trim();
      if (!query) return show([], []);
      const wait = () => mine === turn && status.replaceChildren(element("p", {}, texts.searching));
      try {
        const result = await find(query, { limit: shown, kind: kind || undefined }, wait);
        if (mine !== turn) return;
        if (!kind || result.kinds[kind]) return results(query, result);
        kind = "";
        await search();
      } catch {
        if (mine !== turn) return;
        show([], [texts.fails, texts.failsText]);
        status.className = "notice";
      }
    };
    const again = () => {
      shown = FIRST;
      return search();
    };
    const follow = () => {
      clearTimeout(pause);
      const q = input.value.trim();
      const asked = q ? `?${new URLSearchParams(kind ? { q, kind } : { q })}` : "";
      history.replaceState(null, "", location.pathname + asked);
      document.title = q ? plain.title.replace(plain.heading, () => `${q} · ${texts.results}`) : plain.title;
    };
    const start = () => {
      const asked = new URLSearchParams(location.search);
      input.value = (asked.get("q") ?? "").slice(0, input.maxLength);
      kind = nameOf(asked.get("kind")) ? asked.get("kind") : "";
      if (input.value) follow();
      again();
    };

    input.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(follow, PAUSE);
      again();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      follow();
      again();
      // puts a phone's keyboard away
      if (matchMedia("(pointer: coarse)").matches) input.blur();
    });
    filter.addEventListener("change", ({ target }) => {
      kind = target.value;
      follow();
      again();
    });
    more.addEventListener("click", async () => {
      const before = links().map(String);
      shown = Math.min(shown + STEP, MOST);
      await search();
      links().find((link) => !before.includes(String(link)))?.focus();
    });
    this.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [input, ...links()];
      const now = stops.indexOf(event.target);
      if (!step || now < 0 || event.isComposing || list.hidden) return;
      event.preventDefault();
      stops[Math.max(now + step, 0)]?.focus();
    });
    addEventListener("popstate", start);
    addEventListener("online", () => status.className && search());
    serve(input);
    start();
  }
}
customElements.define("search-page", SearchPage);
